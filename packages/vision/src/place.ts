import { ModelUnusable } from './open-models.ts'

/** A value of a file that was read, and where it stands there: what it must be is asked of it, or it is refused by name. */
export type Place = {
  /** An object with exactly these fields. */
  object<Name extends string>(names: readonly Name[]): Record<Name, Place>
  /** One field of an object, whatever else it has. */
  field(name: string): Place
  list(least: number, most: number): Place[]
  text(pattern: RegExp, what: string): string
  number(least: number, most: number): number
  whole(least: number, most: number): number
  oneOf<Value extends string>(values: readonly Value[]): Value
  /** @throws ModelUnusable */
  fail(problem: string): never
}

/** `path` is said in every refusal; that of a whole file ends with a colon. */
export function placeOf(value: unknown, path: string): Place {
  return {
    object<Name extends string>(names: readonly Name[]) {
      const found = members()
      for (const name of found.keys())
        if (!names.some((each) => each === name)) fail(`has a field that is not known: ${excerpt(name)}`)
      const fields = names.map((name) => [name, placeOf(found.get(name), within(name))] as const)
      return Object.fromEntries(fields) as Record<Name, Place>
    },
    field: (name) => placeOf(members().get(name), within(name)),
    list(least, most) {
      const isList = Array.isArray(value) && value.length >= least && value.length <= most
      if (!isList) return mustBe(`a list of ${least === most ? least : `${least} to ${most}`}`)
      return value.map((each: unknown, i) => placeOf(each, `${path}[${i}]`))
    },
    text(pattern, what) {
      return typeof value === 'string' && pattern.test(value) ? value : mustBe(what)
    },
    number(least, most) {
      const isBetween = typeof value === 'number' && value >= least && value <= most
      return isBetween ? value : mustBe(`a number from ${least} to ${most}`)
    },
    whole(least, most) {
      const isBetween = typeof value === 'number' && value >= least && value <= most
      return isBetween && Number.isInteger(value) ? value : mustBe(`a whole number from ${least} to ${most}`)
    },
    oneOf: (values) => values.find((each) => each === value) ?? mustBe(values.join(' or ')),
    fail,
  }

  function within(name: string): string {
    return path.endsWith(':') ? `${path} ${name}` : `${path}.${name}`
  }
  function members(): Map<string, unknown> {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return mustBe('an object')
    return new Map<string, unknown>(Object.entries(value))
  }
  function mustBe(what: string): never {
    return fail(value === undefined ? `is missing: it must be ${what}` : `must be ${what}, it is ${describe(value)}`)
  }
  function fail(problem: string): never {
    throw new ModelUnusable(`${path} ${problem}`)
  }
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  return excerpt(String(value))
}

/** Short, and without what would break a line of the log. */
function excerpt(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}
