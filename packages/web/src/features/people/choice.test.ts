import { expect, test } from 'vitest'
import { filterOf, readChoice } from './choice.ts'

test('keeps what an address says of people, and leaves out what nobody understands', () => {
  expect(readChoice({ search: ' rao ', role: 'student', batch: 2025, order: 'down', sort: 'added' })).toEqual({
    search: 'rao',
    role: 'student',
    batch: '2025',
    order: 'down',
    sort: 'added',
  })
  expect(readChoice({ search: '', role: 'king', classId: 'x', sort: 'age', order: 'up', face: [], other: 1 })).toEqual(
    {},
  )
})

test('tells the filter from the order', () => {
  expect(filterOf({ role: 'teacher', sort: 'name', order: 'down' })).toEqual({ role: 'teacher' })
})
