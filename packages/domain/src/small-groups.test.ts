import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Crowd, groupsToMerge, SMALLEST_GROUP } from './small-groups.ts'

const crowd = (group: string, ...students: string[]): Crowd<string> => ({
  group,
  students: students.length,
  someStudents: students.slice(0, SMALLEST_GROUP),
})
const five = ['a', 'b', 'c', 'd', 'e']

test('tells groups of five and more apart', () => {
  expect(groupsToMerge([crowd('phone', ...five), crowd('computer', ...five)])).toEqual(new Set())
})

test('tells small groups as one when they are five students together', () => {
  const crowds = [crowd('phone', ...five), crowd('tablet', 'a', 'b', 'c'), crowd('unknown', 'd', 'e')]
  expect(groupsToMerge(crowds)).toEqual(new Set(['tablet', 'unknown']))
})

test('does not take one student in two small groups for two', () => {
  const crowds = [crowd('phone', ...five), crowd('tablet', 'a', 'b', 'c'), crowd('unknown', 'a', 'b', 'c')]
  expect(groupsToMerge(crowds)).toEqual(new Set(['tablet', 'unknown', 'phone']))
})

test('takes the next larger group in with one that is too small alone', () => {
  const crowds = [crowd('phone', ...five, 'f'), crowd('tablet', 'a'), crowd('computer', ...five)]
  expect(groupsToMerge(crowds)).toEqual(new Set(['tablet', 'computer']))
})

test('never leaves fewer than five students in what is told, alone or together, unless there are no more', () => {
  const anyStudents = fc.uniqueArray(fc.integer({ min: 0, max: 30 }).map(String), { maxLength: 20 })
  fc.assert(
    fc.property(fc.array(anyStudents, { maxLength: 5 }), (groups) => {
      const present = groups.filter((students) => students.length > 0)
      const crowds = present.map((students, i) => crowd(String(i), ...students))
      const merged = groupsToMerge(crowds)
      for (const { group, students } of crowds) if (!merged.has(group)) expect(students).toBeGreaterThanOrEqual(5)
      const inMerged = new Set(present.flatMap((students, i) => (merged.has(String(i)) ? students : [])))
      if (merged.size > 0 && merged.size < crowds.length) expect(inMerged.size).toBeGreaterThanOrEqual(SMALLEST_GROUP)
    }),
  )
})
