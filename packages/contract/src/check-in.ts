import { z } from 'zod'
import { FlashColourName, FlashTimes } from './colour-flash.ts'
import { defineRoute } from './define-route.ts'
import { ActionName, Assurance, AttendanceStatus, Instant, MarkMethod, QualityReason } from './fields.ts'
import { PresenceView } from './presence.ts'
import { SessionView } from './sessions.ts'

export const ChallengeView = z.object({
  id: z.uuid(),
  actions: z.array(ActionName).min(2).max(5),
  /** What the screen shows before the first action, after a neutral light; null where no colours are asked for. */
  colours: z.array(FlashColourName).min(1).max(8).nullable(),
  expiresAt: Instant,
})
export type ChallengeView = z.infer<typeof ChallengeView>

/** One upload, frames and all. */
export const FRAMES_MAX_BYTES = 1_572_864

/** What the form says about the concatenated JPEGs in its file part. Times are the phone's, since the challenge was shown. */
export const FrameBundle = z.object({
  frames: z
    .array(
      z.object({
        kind: z.enum(['small', 'full']),
        atMs: z.number().min(0).max(180_000),
        /** Length of this JPEG within the file part; in the order of the file. */
        bytes: z.number().int().min(1).max(FRAMES_MAX_BYTES),
      }),
    )
    .min(1)
    .max(1000),
  /**
   * When the page showed each instruction: the challenge's actions, all of them, in their order.
   * It can only narrow where the server looks for the action.
   */
  prompts: z
    .array(z.object({ action: ActionName, shownAtMs: z.number().min(0).max(180_000) }))
    .min(2)
    .max(5),
  /** Null where no colours were asked for. It can only narrow where the server looks for the answer. */
  flash: FlashTimes.nullable().default(null),
  /** The camera's label as the browser gives it; one weak sign among others. */
  cameraLabel: z.string().max(200),
})
export type FrameBundle = z.infer<typeof FrameBundle>

/** The `bundle` text field of the form holds a `FrameBundle` as JSON. */
export const FramesForm = z.object({ bundle: z.string().max(100_000) })

const framesFile = {
  field: 'frames',
  maxBytes: FRAMES_MAX_BYTES,
  description: 'the JPEGs, back to back, in the order of `bundle.frames`',
} as const

const faceErrors = [
  'challenge-unknown',
  'challenge-spent',
  'challenge-expired',
  'verdict-pending',
  'frames-unreadable',
  'frames-too-many',
  'frames-too-few',
  'frames-out-of-order',
  'too-large',
  'vision-busy',
  'vision-down',
] as const

/** Quality and missing actions are named; everything else is `not-confirmed`. Never a score. */
export const RefusalView = z.object({
  outcome: z.literal('refused'),
  because: z.enum([...QualityReason.options, 'action-missing', 'flash-unseen', 'not-confirmed']),
  /** For `action-missing`. */
  action: ActionName.nullable(),
  /** The page offers the code from the third refusal on. */
  offerCode: z.boolean(),
  /** Set while the face path is paused for this student. */
  pausedUntil: Instant.nullable(),
})
export type RefusalView = z.infer<typeof RefusalView>

export const MarkedView = z.object({
  outcome: z.literal('accepted'),
  status: AttendanceStatus,
  markedAt: Instant,
  session: SessionView,
})

export const startCheckIn = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/challenge',
  summary: 'Ask for a challenge to be marked by face in an open session',
  access: ['student'],
  params: z.object({ sessionId: z.uuid() }),
  /** `presence` is null where nothing is asked beside the face. */
  response: ChallengeView.extend({ presence: PresenceView.nullable() }),
  errors: [
    'session-closed',
    'not-in-class',
    'method-not-allowed-here',
    'not-enrolled',
    'consent-needed',
    'already-done',
    'face-paused',
    'vision-down',
  ],
})

export const submitCheckIn = defineRoute({
  method: 'POST',
  path: '/api/check-ins/:challengeId/frames',
  summary: 'Submit the challenge frames; the server decides from the pixels',
  access: ['student'],
  params: z.object({ challengeId: z.uuid() }),
  body: FramesForm,
  file: framesFile,
  response: z.discriminatedUnion('outcome', [MarkedView, RefusalView]),
  errors: [
    ...faceErrors,
    'session-closed',
    'already-done',
    'not-in-class',
    'not-enrolled',
    'method-not-allowed-here',
    'presence-needed',
    'face-paused',
  ],
})

export const checkInByCode = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/code-check-in',
  summary: 'Be marked by the code on the teacher’s screen',
  access: ['student'],
  params: z.object({ sessionId: z.uuid() }),
  body: z.object({ code: z.string().trim().min(1).max(20) }),
  response: MarkedView,
  errors: [
    'code-wrong',
    'code-expired',
    'session-closed',
    'not-in-class',
    'method-not-allowed-here',
    'face-needed',
    'already-done',
    'too-many-attempts',
  ],
})

export const EnrolmentView = z.object({
  consent: z.object({
    /** The version the student should read now. */
    currentVersion: z.string(),
    givenVersion: z.string().nullable(),
    givenAt: Instant.nullable(),
    /** How long a template is kept after the student has left. */
    retentionDays: z.number().int(),
  }),
  /** `needs-approval`: consent was taken back after an enrolment; a new one asks a teacher or an admin. */
  face: z.enum(['none', 'enrolled', 'held', 'may-enrol-again', 'needs-approval']),
  /** For `may-enrol-again`: somebody allowed it, or faces are read by another model now. */
  againBecause: z.enum(['allowed', 'model-changed']).nullable(),
  enrolledAt: Instant.nullable(),
})
export type EnrolmentView = z.infer<typeof EnrolmentView>

export const getEnrolment = defineRoute({
  method: 'GET',
  path: '/api/me/enrolment',
  summary: 'One’s own consent and face enrolment',
  access: ['student'],
  response: EnrolmentView,
  errors: [],
})

export const giveConsent = defineRoute({
  method: 'POST',
  path: '/api/me/consent',
  summary: 'Agree to the notice that was shown',
  access: ['student'],
  body: z.object({ version: z.string().max(50) }),
  response: EnrolmentView,
  errors: ['consent-outdated'],
})

export const withdrawConsent = defineRoute({
  method: 'DELETE',
  path: '/api/me/consent',
  summary: 'Take consent back: the templates are deleted at once',
  access: ['student'],
  response: EnrolmentView,
  errors: [],
})

export const startEnrolment = defineRoute({
  method: 'POST',
  path: '/api/me/enrolment/challenge',
  summary: 'Ask for a challenge to enrol one’s face',
  access: ['student'],
  response: ChallengeView,
  errors: [
    'consent-needed',
    'enrolled-already',
    'enrolment-needs-approval',
    'enrolment-held',
    'face-paused',
    'vision-down',
  ],
})

export const submitEnrolment = defineRoute({
  method: 'POST',
  path: '/api/enrolments/:challengeId/frames',
  summary: 'Submit the enrolment frames',
  access: ['student'],
  params: z.object({ challengeId: z.uuid() }),
  body: FramesForm,
  file: framesFile,
  response: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('accepted'), enrolment: EnrolmentView }),
    z.object({ outcome: z.literal('held'), enrolment: EnrolmentView }),
    RefusalView,
  ]),
  errors: [
    ...faceErrors,
    'consent-needed',
    'enrolled-already',
    'enrolment-needs-approval',
    'enrolment-held',
    'face-paused',
  ],
})

/** `percentage` is null until something counted; one decimal place. */
export const SubjectSummary = z.object({
  classId: z.uuid(),
  className: z.string(),
  subjectName: z.string(),
  attended: z.number().int(),
  counted: z.number().int(),
  percentage: z.number().min(0).max(100).nullable(),
  /** How many more sessions can be missed before the institution's minimum is broken; null without a minimum. */
  canMiss: z.number().int().nullable(),
})
export type SubjectSummary = z.infer<typeof SubjectSummary>

export const getStudentHome = defineRoute({
  method: 'GET',
  path: '/api/me/home',
  summary: 'A student’s open sessions and attendance so far, of their own classes only',
  access: ['student'],
  response: z.object({
    open: z.array(
      z.object({
        session: SessionView,
        mark: z.object({ status: AttendanceStatus, method: MarkMethod, markedAt: Instant }).nullable(),
        /** Until when the student is asked to show again, by face or code, that they are there. */
        spotCheckDueAt: Instant.nullable(),
      }),
    ),
    /** Planned for today and not started, and what of today is cancelled. */
    today: z.array(SessionView),
    subjects: z.array(SubjectSummary),
    face: EnrolmentView.shape.face,
    againBecause: EnrolmentView.shape.againBecause,
    hasConsent: z.boolean(),
  }),
  errors: [],
})

export const getStudentHistory = defineRoute({
  method: 'GET',
  path: '/api/me/history',
  summary: 'A student’s own records, newest first',
  access: ['student'],
  query: z.object({ classId: z.uuid().optional() }),
  response: z.object({
    records: z.array(
      z.object({
        sessionId: z.uuid(),
        className: z.string(),
        subjectName: z.string(),
        opensAt: Instant,
        status: AttendanceStatus,
        method: MarkMethod,
        assurance: Assurance.nullable(),
        markedAt: Instant,
        /** The session was cancelled: the mark is kept and counts for nothing. */
        isCancelled: z.boolean(),
      }),
    ),
  }),
  errors: [],
})
