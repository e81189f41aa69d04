import type { AuditRow } from '@app/contract'
import { expect, test } from 'vitest'
import { changesOf, KNOWN_ACTIONS, plainAction } from './audit-words.ts'

const row = (given: Partial<AuditRow>): AuditRow => ({
  id: '1',
  at: '2026-03-02T09:00:00.000Z',
  actor: null,
  action: 'policy-changed',
  subject: null,
  session: null,
  oldValue: null,
  newValue: null,
  reason: null,
  link: null,
  ...given,
})
const told = {
  instant: (at: string) => `at ${at.slice(11, 16)}`,
  words: { nothing: 'none', yes: 'yes', no: 'no' },
}

test('a change is told value by value, with what it was', () => {
  const changed = row({
    oldValue: { minimumPercentage: 75, teacherSignUp: false, actions: ['blink'] },
    newValue: { minimumPercentage: 80, teacherSignUp: false, actions: ['blink', 'smile'] },
  })
  expect(changesOf(changed, told)).toEqual([
    { name: 'minimum percentage', from: '75', to: '80' },
    { name: 'actions', from: 'blink', to: 'blink, smile' },
  ])
})

test('times are told as times, ids not at all, long texts in short', () => {
  const newValue = {
    endedAt: '2026-03-02T09:50:00.000Z',
    classId: '11111111-1111-4111-8111-111111111111',
    note: 'x'.repeat(200),
  }
  expect(changesOf(row({ action: 'session-ended', newValue }), told)).toEqual([
    { name: 'ended at', from: 'none', to: 'at 09:50' },
    { name: 'note', from: 'none', to: `${'x'.repeat(80)}…` },
  ])
})

test('of a mark the sentence says it all', () => {
  expect(changesOf(row({ action: 'record-changed', newValue: { status: 'late' } }), told)).toEqual([])
})

test('what has no sentence yet is told in its own words', () => {
  expect(plainAction('moon-landed')).toBe('moon landed')
  expect(KNOWN_ACTIONS).not.toContain('record-made-self')
})
