import { describe, expect, it } from 'vitest'
import { ApiFailure, type FailureCode } from '../../api/failure.ts'
import { type Attempt, nextAttempt, wayOutOf } from './attempt.ts'

const challenge = {
  id: '00000000-0000-4000-8000-000000000000',
  actions: ['blink' as const, 'smile' as const],
  colours: null,
  expiresAt: '',
}
const pictures = { bundle: { frames: [], prompts: [], flash: null, cameraLabel: '' }, file: new Blob() }
const sending: Attempt<string> = { kind: 'sending', taken: { challenge, pictures, goodUntilMs: 170_000 }, part: 0.4 }

const fail = (attempt: Attempt<string>, code: FailureCode) =>
  nextAttempt(attempt, { kind: 'failed', failure: new ApiFailure(code), at: 0 })

describe('a try', () => {
  it('stops the colours at once, and starts anew without them', () => {
    const running = nextAttempt<string>({ kind: 'opening' }, { kind: 'challenged', challenge, at: 0 })
    const declined = nextAttempt(running, { kind: 'colours-declined' })
    expect(declined).toEqual({ kind: 'colours-declined' })
    expect(nextAttempt(declined, { kind: 'start' })).toEqual({ kind: 'opening' })
    expect(nextAttempt(sending, { kind: 'colours-declined' })).toBe(sending)
  })

  it('goes from the explanation to the answer', () => {
    let now: Attempt<string> = { kind: 'intro' }
    now = nextAttempt(now, { kind: 'start' })
    now = nextAttempt(now, { kind: 'challenged', challenge, at: 0 })
    now = nextAttempt(now, { kind: 'taken', pictures })
    now = nextAttempt(now, { kind: 'progress', part: 1 })
    expect(now).toMatchObject({ kind: 'sending', part: 1 })
    expect(nextAttempt(now, { kind: 'accepted', result: 'present' })).toEqual({ kind: 'done', result: 'present' })
  })

  it.each(['offline', 'vision-busy', 'database-unavailable'] as const)('keeps the pictures when %s', (code) => {
    const failed = fail(sending, code)
    expect(failed).toMatchObject({ kind: 'failed', taken: { challenge } })
    expect(nextAttempt(failed, { kind: 'resend' })).toMatchObject({ kind: 'sending', part: 0 })
  })

  it.each(['challenge-expired', 'frames-unreadable', 'already-done'] as const)('lets them go when %s', (code) => {
    const failed = fail(sending, code)
    expect(failed).toMatchObject({ kind: 'failed', taken: null })
    expect(nextAttempt(failed, { kind: 'resend' })).toBe(failed)
  })

  it('is not disturbed by what comes too late', () => {
    const done: Attempt<string> = { kind: 'done', result: 'present' }
    expect(nextAttempt(done, { kind: 'interrupted' })).toBe(done)
    expect(nextAttempt(done, { kind: 'no-camera', problem: 'lost' })).toBe(done)
    expect(nextAttempt(sending, { kind: 'interrupted' })).toBe(sending)
    expect(fail(done, 'offline')).toBe(done)
  })
})

describe('the way out of a failure', () => {
  it.each([
    ['vision-busy', true, 'resend'],
    ['vision-busy', false, 'restart'],
    ['offline', true, 'resend'],
    ['challenge-expired', false, 'restart'],
    ['vision-down', true, 'fallback'],
    ['face-paused', false, 'wait'],
    ['consent-needed', false, 'consent'],
    ['not-enrolled', false, 'enrol'],
    ['session-closed', false, 'home'],
  ] as const)('%s, resend possible: %s → %s', (code, canResend, way) => {
    expect(wayOutOf(code, canResend)).toBe(way)
  })
})
