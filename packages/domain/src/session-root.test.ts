import { expect, test } from 'vitest'
import { readRoot, rootPoints, shortRoot } from './session-root.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 9, minute))
const row = (minute: number, action: string) => ({ action, at: at(minute) })

test.each<[string, [number, string][], { marks: number; minute: number }[]]>([
  ['an open session has none', [[1, 'record-made']], []],
  [
    'the end has one, with what it marked',
    [
      [1, 'record-made'],
      [60, 'session-ended'],
      [60, 'record-made'],
      [60, 'record-made'],
    ],
    [{ marks: 3, minute: 60 }],
  ],
  [
    'an end that marks nobody has one',
    [
      [1, 'record-made'],
      [60, 'session-ended'],
    ],
    [{ marks: 1, minute: 60 }],
  ],
  ['a session without any mark has nothing to prove', [[60, 'session-ended']], []],
  [
    'each later change has one, and the older ones stay',
    [
      [1, 'record-made'],
      [60, 'session-ended'],
      [70, 'record-changed'],
      [80, 'record-changed'],
      [80, 'record-changed'],
    ],
    [
      { marks: 1, minute: 60 },
      { marks: 2, minute: 70 },
      { marks: 4, minute: 80 },
    ],
  ],
  [
    'what happens while it is open again has none until the next end',
    [
      [1, 'record-made'],
      [60, 'session-ended'],
      [60, 'record-made'],
      [65, 'session-reopened'],
      [65, 'record-removed'],
      [66, 'record-made'],
      [90, 'session-ended'],
    ],
    [
      { marks: 2, minute: 60 },
      { marks: 4, minute: 90 },
    ],
  ],
])('%s', (_, rows, expected) => {
  expect(rootPoints(rows.map(([minute, action]) => row(minute, action)))).toEqual(
    expected.map(({ marks, minute }) => ({ marks, at: at(minute) })),
  )
})

const ROOT = '0123456789abcdef'.repeat(4)

test('a root is printed short in groups of four, and read however it is typed', () => {
  expect(shortRoot(ROOT)).toBe('0123 4567 89ab cdef')
  expect(readRoot(shortRoot(ROOT))).toBe('0123456789abcdef')
  expect(readRoot(` ${ROOT.toUpperCase()}\n`)).toBe(ROOT)
})

test.each(['', 'present', ROOT.slice(0, 15), `${ROOT}0`, `${ROOT.slice(1)}g`])('%j is no root', (typed) => {
  expect(readRoot(typed)).toBeNull()
})
