import { z } from 'zod'
import { defineRoute } from './define-route.ts'
import { Day, Instant, Note, TimeOfDay } from './fields.ts'
import { SessionSettings, SessionView } from './sessions.ts'

const Room = z.string().trim().max(60)
/** `check` says what would come of it and changes nothing. */
const PlanMode = z.object({ mode: z.enum(['check', 'commit']) })

export const planSession = defineRoute({
  method: 'POST',
  path: '/api/classes/:classId/planned-sessions',
  summary: 'Plan a session at a time of day in the institution’s zone',
  access: ['admin', 'teacher'],
  params: z.object({ classId: z.uuid() }),
  body: SessionSettings.partial().extend({ day: Day, startsAt: TimeOfDay, room: Room }),
  response: SessionView,
  errors: ['plan-in-the-past', 'plan-overlaps', 'class-archived', 'method-not-allowed-here'],
})

const PlanView = z.object({ opensAt: Instant, closesAt: Instant, room: z.string().nullable() })

/** Another session at that time; `class` is the same class, which can be in one only. */
export const PlanClashView = z.object({
  because: z.enum(['room', 'teacher', 'class']),
  className: z.string(),
  opensAt: Instant,
})
export type PlanClashView = z.infer<typeof PlanClashView>

/**
 * What becomes of one meeting. `gone`: the timetable no longer has it, so its session is cancelled. `kept`: somebody
 * started, moved or cancelled it. `not-held`: a holiday or a cancelled meeting. `overlaps`: left out, the class has
 * another session then.
 */
export const PlanRowView = z.object({
  slotDay: Day,
  outcome: z.enum(['new', 'same', 'changed', 'gone', 'kept', 'not-held', 'past', 'overlaps']),
  sessionId: z.uuid().nullable(),
  plan: PlanView,
  was: PlanView.nullable(),
  /** The holiday's name, or the reason of the exception. */
  because: z.string().nullable(),
  clashes: z.array(PlanClashView),
})
export type PlanRowView = z.infer<typeof PlanRowView>

export const planFromTimetable = defineRoute({
  method: 'POST',
  path: '/api/classes/:classId/planned-sessions/from-timetable',
  summary: 'Make the planned sessions of a class follow its timetable; what was started or changed by somebody stays',
  access: ['admin', 'teacher'],
  params: z.object({ classId: z.uuid() }),
  query: PlanMode,
  body: z.object({ from: Day, until: Day }),
  response: z.object({ rows: z.array(PlanRowView) }),
  errors: ['class-archived', 'method-not-allowed-here'],
})

/** `day` is of one session only: the following ones stay on theirs. */
const Change = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('move'),
    day: Day.nullable(),
    startsAt: TimeOfDay,
    minutes: z.number().int().min(1).max(480),
    room: Room,
  }),
  z.object({ kind: z.literal('cancel'), reason: Note.min(1) }),
])

export const changePlan = defineRoute({
  method: 'PUT',
  path: '/api/sessions/:sessionId/plan',
  summary: 'Move or cancel a planned session, or it and all that follow of its weekly time',
  access: ['admin', 'teacher'],
  params: z.object({ sessionId: z.uuid() }),
  query: PlanMode,
  body: z.object({ scope: z.enum(['one', 'following']), change: Change }),
  response: z.object({
    rows: z.array(
      z.object({
        sessionId: z.uuid(),
        outcome: z.enum(['changed', 'cancelled', 'same', 'past', 'overlaps']),
        plan: PlanView,
        was: PlanView,
        clashes: z.array(PlanClashView),
      }),
    ),
  }),
  errors: [
    'plan-in-the-past',
    'plan-overlaps',
    'already-done',
    'session-closed',
    'session-cancelled',
    'session-paused',
  ],
})

export const getTeachersToday = defineRoute({
  method: 'GET',
  path: '/api/me/today',
  summary: 'The sessions of today in the classes one teaches, and those that still run, in the order of time',
  access: ['teacher'],
  response: z.object({ day: Day, serverNow: Instant, sessions: z.array(SessionView) }),
  errors: [],
})
