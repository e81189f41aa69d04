import { z } from 'zod'
import { defineRoute } from './define-route.ts'
import { POLICY_PROBLEMS } from './errors.ts'
import { Assurance, Instant, PresenceProof } from './fields.ts'

export const SessionParams = z.object({ sessionId: z.uuid() })

export const Method = z.enum(['face', 'code'])
export type Method = z.infer<typeof Method>

/** `missed`: it was planned and nobody started it. Planned, missed and cancelled ones count for nobody. */
export const SessionState = z.enum(['planned', 'open', 'paused', 'ended', 'cancelled', 'missed'])
export type SessionState = z.infer<typeof SessionState>

export const SessionView = z.object({
  id: z.uuid(),
  classId: z.uuid(),
  className: z.string(),
  subjectName: z.string(),
  opensAt: Instant,
  /** From here a mark is `late`. */
  lateAfter: Instant,
  closesAt: Instant,
  /** Set once somebody ended it or its time was up. */
  endedAt: Instant.nullable(),
  isOpen: z.boolean(),
  methods: z.array(Method),
  /** The least a student's own check-in must reach; a mark by hand may fall short of it. */
  assurance: Assurance,
  /** What is asked beside the face; nothing where `proofs` is empty. */
  presence: z.object({ proofs: z.array(PresenceProof), needs: z.enum(['any', 'all']) }),
  state: SessionState,
  /** When it was planned for; null where it was started without a plan. */
  planned: z.object({ opensAt: Instant, closesAt: Instant }).nullable(),
  isFromTimetable: z.boolean(),
  room: z.string().nullable(),
  /** Planned, and the time to start it has come and is not long over. */
  canStart: z.boolean(),
  pausedAt: Instant.nullable(),
  cancelled: z.object({ at: Instant, because: z.string() }).nullable(),
})
export type SessionView = z.infer<typeof SessionView>

/** How long a session is open, from when a mark is late, and how students mark themselves. */
export const SessionSettings = z.object({
  minutes: z.number().int().min(1).max(480),
  lateAfterMinutes: z.number().int().min(0).max(480),
  methods: z.array(Method).min(1).max(2),
})
export type SessionSettings = z.infer<typeof SessionSettings>

export const getSessionDefaults = defineRoute({
  method: 'GET',
  path: '/api/classes/:classId/session-defaults',
  summary: 'What a session of the class starts with when nobody says otherwise',
  access: ['admin', 'teacher'],
  params: z.object({ classId: z.uuid() }),
  response: SessionSettings,
  errors: [],
})

export const startSession = defineRoute({
  method: 'POST',
  path: '/api/classes/:classId/sessions',
  summary: 'Start a session of a class now; what is left out is as the class’s policy says',
  access: ['teacher'],
  params: z.object({ classId: z.uuid() }),
  body: SessionSettings.partial(),
  response: SessionView,
  errors: ['session-open-already', 'class-archived', 'method-not-allowed-here', 'face-needed', ...POLICY_PROBLEMS],
})

export const listClassSessions = defineRoute({
  method: 'GET',
  path: '/api/classes/:classId/sessions',
  summary: 'The sessions of a class, newest first',
  access: ['admin', 'teacher'],
  params: z.object({ classId: z.uuid() }),
  response: z.object({
    sessions: z.array(
      SessionView.extend({
        present: z.number().int(),
        late: z.number().int(),
        excused: z.number().int(),
        absent: z.number().int(),
      }),
    ),
  }),
  errors: [],
})

export const getSession = defineRoute({
  method: 'GET',
  path: '/api/sessions/:sessionId',
  summary: 'One session, for its teachers and the students of its class',
  access: ['admin', 'teacher', 'student'],
  params: SessionParams,
  response: SessionView,
  errors: [],
})

export const endSession = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/end',
  summary: 'End a session; the rest of the class is marked absent',
  access: ['admin', 'teacher'],
  params: SessionParams,
  response: SessionView,
  errors: ['session-closed', 'session-cancelled', 'session-not-started'],
})

export const getRotatingCode = defineRoute({
  method: 'GET',
  path: '/api/sessions/:sessionId/code',
  summary: 'The code to display now, for the session’s teachers only',
  access: ['teacher'],
  params: SessionParams,
  response: z.object({
    /** The typed form, e.g. `7KQ2M9`. */
    code: z.string(),
    /** The link inside the QR. */
    link: z.string(),
    serverNow: Instant,
    /** When the next one replaces it. */
    changesAt: Instant,
    periodMs: z.number().int(),
  }),
  errors: ['session-closed', 'session-paused', 'session-cancelled', 'session-not-started', 'method-not-allowed-here'],
})
