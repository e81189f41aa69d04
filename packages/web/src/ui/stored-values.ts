/** `markedAbsent` as `marked absent`. */
export const plainName = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** What stands for what has no words of its own. */
export type ValueWords = { nothing: string; yes: string; no: string }

/** A value of the audit log as a person reads it: lists with commas, parts by their names, never brackets or quotes. */
export function plainValue(value: unknown, words: ValueWords): string {
  if (value === null || value === undefined || value === '') return words.nothing
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (Array.isArray(value)) return value.map((each) => plainValue(each, words)).join(', ') || words.nothing
  if (typeof value !== 'object') return String(value)
  const parts = Object.entries(value).map(([name, part]) => `${plainName(name)} ${plainValue(part, words)}`)
  return parts.join('; ') || words.nothing
}
