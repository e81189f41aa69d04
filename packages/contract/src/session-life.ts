import { z } from 'zod'
import { defineRoute } from './define-route.ts'
import { POLICY_PROBLEMS } from './errors.ts'
import { Instant, Note } from './fields.ts'
import { SessionView } from './sessions.ts'

const SessionParams = z.object({ sessionId: z.uuid() })

export const startPlannedSession = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/start',
  summary: 'Start a planned session, early or late: lateness counts from now, the planned end stays where it can',
  access: ['teacher'],
  params: SessionParams,
  response: SessionView,
  errors: [
    'already-done',
    'session-open-already',
    'class-archived',
    'session-cancelled',
    'session-closed',
    'start-too-early',
    'start-too-late',
    'method-not-allowed-here',
    'face-needed',
    ...POLICY_PROBLEMS,
  ],
})

export const extendSession = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/extend',
  summary: 'Let a running session close later; asked twice it is done once',
  access: ['admin', 'teacher'],
  params: SessionParams,
  body: z.object({ closesAt: Instant }),
  response: SessionView,
  errors: ['session-closed', 'session-cancelled', 'session-not-started'],
})

export const pauseSession = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/pause',
  summary: 'Take no marks for a while; lateness and the end move by as long',
  access: ['admin', 'teacher'],
  params: SessionParams,
  response: SessionView,
  errors: ['session-closed', 'session-paused', 'session-cancelled', 'session-not-started'],
})

export const resumeSession = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/resume',
  summary: 'Go on with a paused session',
  access: ['admin', 'teacher'],
  params: SessionParams,
  response: SessionView,
  errors: ['already-done', 'session-closed', 'session-cancelled', 'session-not-started'],
})

export const cancelSession = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/cancel',
  summary:
    'Cancel a planned or running session: its marks are kept and count for nothing. A missed one only by an admin',
  access: ['admin', 'teacher'],
  params: SessionParams,
  /** Students see the reason. */
  body: z.object({ reason: Note.min(1) }),
  response: SessionView,
  errors: ['session-closed', 'session-cancelled'],
})

export const restoreSession = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/restore',
  summary: 'Take a cancellation back, while the class’s next session has not begun',
  access: ['admin', 'teacher'],
  params: SessionParams,
  response: SessionView,
  errors: ['already-done', 'restore-too-late'],
})

export const reopenSession = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/reopen',
  summary: 'Open an ended session again: the absences that its end made are taken back',
  access: ['admin', 'teacher'],
  params: SessionParams,
  body: z.object({ minutes: z.number().int().min(1).max(480) }),
  response: SessionView,
  errors: [
    'already-done',
    'session-open-already',
    'class-archived',
    'session-cancelled',
    'session-not-started',
    'reopen-too-late',
  ],
})
