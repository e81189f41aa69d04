/** What an earlier row of the same file says that later ones depend on. */
export type Entry = {
  n: number
  row: number
  /** Whether it is taken: a faulty row makes nothing. */
  isTaken: boolean
  targetId: string | null
  /** Of a row that names a subject. */
  subject: { id: string; code: string; name: string; department: string | null } | null
}

/** Which row of a file has a key first. Keys are `kind:value` in lower case. */
export type SheetIndex = {
  /** The first row with this key, if it stands before row `n`. */
  before(key: string, n: number): Entry | null
  add(key: string, entry: Entry): void
}

export function createSheetIndex(): SheetIndex {
  const first = new Map<string, Entry>()
  return {
    before(key, n) {
      const entry = first.get(key)
      return entry && entry.n < n ? entry : null
    },
    add(key, entry) {
      const known = first.get(key)
      if (!known || entry.n < known.n) first.set(key, entry)
    },
  }
}
