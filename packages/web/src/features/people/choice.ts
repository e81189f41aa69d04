import { PeopleFilter, PeopleSort } from '@app/contract'

/** What the address of the directory says: a filter and an order. */
export type PeopleChoice = PeopleFilter & { sort?: PeopleSort; order?: 'up' | 'down' }

/** What of an address is understood; the rest is left out. */
export function readChoice(search: Record<string, unknown>): PeopleChoice {
  const known = Object.entries(PeopleFilter.shape).flatMap(([name, field]) => {
    // A batch such as 2025 is a number in the address.
    const given = typeof search[name] === 'number' ? String(search[name]) : search[name]
    const read = field.safeParse(given)
    return read.success && read.data !== undefined && read.data !== '' ? [[name, read.data]] : []
  })
  const sort = PeopleSort.safeParse(search.sort)
  return {
    ...Object.fromEntries(known),
    ...(sort.success ? { sort: sort.data } : {}),
    ...(search.order === 'down' ? { order: 'down' } : {}),
  }
}

/** The filter alone. */
export function filterOf({ sort: _, order: __, ...filter }: PeopleChoice): PeopleFilter {
  return filter
}
