type Values = Record<string, unknown>

/** What differs, old and new, for a line of the audit log; null where nothing does. */
export function changesBetween<Shape extends Values>(
  before: Shape,
  after: Shape,
): { oldValue: Values; newValue: Values } | null {
  const names = Object.keys(after).filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]))
  if (names.length === 0) return null
  const pick = (values: Shape) => Object.fromEntries(names.map((name) => [name, values[name]]))
  return { oldValue: pick(before), newValue: pick(after) }
}
