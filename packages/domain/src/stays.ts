import type { Stay } from './session-window.ts'

/** Stays of one person in one class as one list in the order of time: those that overlap or touch are one. */
export function uniteStays(stays: readonly Stay[]): Stay[] {
  const united: Stay[] = []
  for (const stay of stays.toSorted((a, b) => a.joinedAt.getTime() - b.joinedAt.getTime())) {
    const last = united.at(-1)
    if (last === undefined || ends(last) < stay.joinedAt.getTime()) united.push({ ...stay })
    else if (ends(stay) > ends(last)) last.leftAt = stay.leftAt
  }
  return united
}

/** The stays of somebody who belonged until `at` and no longer: what began later never was. */
export function staysUntil(stays: readonly Stay[], at: Date): Stay[] {
  return stays
    .filter(({ joinedAt }) => joinedAt < at)
    .map((stay) => (ends(stay) > at.getTime() ? { ...stay, leftAt: at } : stay))
}

/** The stays of somebody who belongs from `at` on, whatever was before. */
export const staysFrom = (stays: readonly Stay[], at: Date): Stay[] =>
  uniteStays([...stays, { joinedAt: at, leftAt: null }])

const ends = ({ leftAt }: Stay) => leftAt?.getTime() ?? Number.POSITIVE_INFINITY
