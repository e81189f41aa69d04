import { Failure } from './failure.ts'

/**
 * What a schema has let through, as PostgreSQL can keep it: it has no NUL, and its JSON no half characters, which a
 * field that cuts an emoji in two leaves behind; those become U+FFFD. Goes no deeper than the schema has looked.
 * @param path where the value is, for the error
 * @throws Failure `bad-input` that names the text with NUL
 */
export function toStorable<Value>(value: Value, path: string): Value {
  return walk(value, path) as Value
}

function walk(value: unknown, path: string): unknown {
  if (typeof value === 'string') return toStorableText(value, path)
  if (Array.isArray(value)) return value.map((part, i) => walk(part, `${path}.${i}`))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, walk(part, `${path}.${name}`)]))
}

function toStorableText(text: string, path: string): string {
  if (!text.includes('\0')) return text.toWellFormed()
  throw new Failure('bad-input', { fields: [{ path, message: 'must not hold the character U+0000' }] })
}
