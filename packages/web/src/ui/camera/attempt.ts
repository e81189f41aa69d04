import type { ChallengeView, RefusalView } from '@app/contract'
import type { z } from 'zod'
import type { ApiFailure, FailureCode } from '../../api/failure.ts'
import type { CameraProblem } from './camera.ts'
import type { FacePictures } from './frame-recorder.ts'

export type Refusal = z.infer<typeof RefusalView>

/** Three minutes from when it was made, less the way here. Counted by this phone, whose clock may be wrong. */
const CHALLENGE_GOOD_MS = 170_000

/** Pictures that were taken for a challenge, kept until the server has answered. */
export type TakenPictures = { challenge: ChallengeView; pictures: FacePictures; goodUntilMs: number }

/** One try in front of the camera, from the first explanation to the answer. */
export type Attempt<Result> =
  | { kind: 'intro' }
  | { kind: 'opening' }
  | { kind: 'running'; challenge: ChallengeView; goodUntilMs: number }
  | { kind: 'sending'; taken: TakenPictures; part: number }
  | { kind: 'done'; result: Result }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'interrupted' }
  /** The student wants no colours on the screen: the next try has none. */
  | { kind: 'colours-declined' }
  | { kind: 'no-camera'; problem: CameraProblem }
  | { kind: 'failed'; failure: ApiFailure; taken: TakenPictures | null; at: number }

export type AttemptEvent<Result> =
  | { kind: 'start' }
  | { kind: 'challenged'; challenge: ChallengeView; at: number }
  | { kind: 'taken'; pictures: FacePictures }
  | { kind: 'progress'; part: number }
  | { kind: 'accepted'; result: Result }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'interrupted' }
  | { kind: 'colours-declined' }
  | { kind: 'no-camera'; problem: CameraProblem }
  | { kind: 'failed'; failure: ApiFailure; at: number }
  | { kind: 'resend' }

/** What is, and what happens: what is then. Events that came too late change nothing. */
export function nextAttempt<Result>(attempt: Attempt<Result>, event: AttemptEvent<Result>): Attempt<Result> {
  switch (event.kind) {
    case 'start':
      return attempt.kind === 'opening' ? attempt : { kind: 'opening' }
    case 'challenged':
      if (attempt.kind !== 'opening') return attempt
      return { kind: 'running', challenge: event.challenge, goodUntilMs: event.at + CHALLENGE_GOOD_MS }
    case 'taken':
      if (attempt.kind !== 'running') return attempt
      return {
        kind: 'sending',
        taken: { challenge: attempt.challenge, pictures: event.pictures, goodUntilMs: attempt.goodUntilMs },
        part: 0,
      }
    case 'progress':
      return attempt.kind === 'sending' ? { ...attempt, part: event.part } : attempt
    case 'accepted':
      return attempt.kind === 'sending' ? { kind: 'done', result: event.result } : attempt
    case 'refused':
      return attempt.kind === 'sending' ? { kind: 'refused', refusal: event.refusal } : attempt
    case 'colours-declined':
      return attempt.kind === 'running' ? { kind: 'colours-declined' } : attempt
    case 'interrupted':
      return attempt.kind === 'running' || attempt.kind === 'opening' ? { kind: 'interrupted' } : attempt
    case 'no-camera':
      return attempt.kind === 'running' || attempt.kind === 'opening'
        ? { kind: 'no-camera', problem: event.problem }
        : attempt
    case 'failed':
      if (attempt.kind !== 'opening' && attempt.kind !== 'sending') return attempt
      return {
        kind: 'failed',
        failure: event.failure,
        taken: attempt.kind === 'sending' && mayResend(event.failure.code) ? attempt.taken : null,
        at: event.at,
      }
    case 'resend':
      if (attempt.kind !== 'failed' || attempt.taken === null) return attempt
      return { kind: 'sending', taken: attempt.taken, part: 0 }
  }
}

/** What a student can do about a failure: one way is offered first, the fallback beside it. */
export type WayOut = 'resend' | 'restart' | 'wait' | 'fallback' | 'consent' | 'enrol' | 'home'

const WAYS: Partial<Record<FailureCode, WayOut>> = {
  'face-paused': 'wait',
  'too-many-attempts': 'wait',
  'vision-down': 'fallback',
  'method-not-allowed-here': 'fallback',
  'consent-needed': 'consent',
  'consent-outdated': 'consent',
  'not-enrolled': 'enrol',
  'already-done': 'home',
  'session-closed': 'home',
  'session-cancelled': 'home',
  'session-not-started': 'home',
  'not-in-class': 'home',
  'not-found': 'home',
  'not-allowed': 'home',
  'enrolled-already': 'home',
  'enrolment-needs-approval': 'home',
  'enrolment-held': 'home',
}

/** @param canResend the pictures are still here, and their challenge is still good */
export function wayOutOf(code: FailureCode, canResend: boolean): WayOut {
  return WAYS[code] ?? (canResend ? 'resend' : 'restart')
}

/** The server has not looked at the pictures: the same ones may be sent again while their challenge lives. */
function mayResend(code: FailureCode): boolean {
  return (
    code === 'offline' ||
    code === 'vision-busy' ||
    code === 'verdict-pending' ||
    code === 'database-unavailable' ||
    code === 'not-signed-in' ||
    code === 'sign-in-ended' ||
    code === 'too-many-attempts'
  )
}
