import { z } from 'zod'
import { defineRoute } from './define-route.ts'
import { POLICY_PROBLEMS } from './errors.ts'
import { Assurance, Instant, PresenceProof } from './fields.ts'

export const SessionParams = z.object({ sessionId: z.uuid() })

export const Method = z.enum(['face', 'code'])
export type Method = z.infer<typeof Method>

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
})
export type SessionView = z.infer<typeof SessionView>

export const startSession = defineRoute({
  method: 'POST',
  path: '/api/classes/:classId/sessions',
  summary: 'Start a session of a class now',
  access: ['teacher'],
  params: z.object({ classId: z.uuid() }),
  body: z.object({
    minutes: z.number().int().min(1).max(480),
    lateAfterMinutes: z.number().int().min(0).max(480),
    methods: z.array(Method).min(1).max(2),
  }),
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
  access: ['teacher'],
  params: SessionParams,
  response: SessionView,
  errors: ['session-closed'],
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
  errors: ['session-closed', 'method-not-allowed-here'],
})
