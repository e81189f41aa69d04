import { expect, test } from 'vitest'
import { readChoice } from './audit-choice.ts'

test('an address says what is shown', () => {
  const choice = { actor: 'Tara', action: 'record-changed', from: '2026-03-02', to: '2026-03-09' }
  expect(readChoice(choice)).toEqual(choice)
  expect(readChoice({ subject: 12 })).toEqual({ subject: '12' })
})

test('what makes no sense in it is left out', () => {
  expect(
    readChoice({ actor: ' ', subject: ['R1'], action: 'DROP', sessionId: 'x', from: '2026-13-40', to: 7, other: 'y' }),
  ).toEqual({})
})
