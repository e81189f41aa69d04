import {
  cancelSession as cancelSessionRoute,
  changePlan as changePlanRoute,
  endSession as endSessionRoute,
  extendSession as extendSessionRoute,
  getRotatingCode as getRotatingCodeRoute,
  getSessionDefaults as getSessionDefaultsRoute,
  getSession as getSessionRoute,
  getTeachersToday as getTeachersTodayRoute,
  listClassSessions as listClassSessionsRoute,
  pauseSession as pauseSessionRoute,
  planFromTimetable as planFromTimetableRoute,
  planSession as planSessionRoute,
  reopenSession as reopenSessionRoute,
  restoreSession as restoreSessionRoute,
  resumeSession as resumeSessionRoute,
  startPlannedSession as startPlannedSessionRoute,
  startSession as startSessionRoute,
} from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import { changePlan } from './changing-plan.ts'
import { planSession } from './planning.ts'
import { reopenSession } from './reopening.ts'
import { getRotatingCode, type RotatingCodeDeps } from './rotating-code.ts'
import {
  endSession,
  getSession,
  getSessionDefaults,
  listClassSessions,
  type SessionsDeps,
  startPlannedSession,
  startSession,
} from './sessions.ts'
import { cancelSession, extendSession, pauseSession, restoreSession, resumeSession } from './steps.ts'
import { planFromTimetable } from './timetable-plan.ts'
import { getTeachersToday } from './today.ts'

export function installSessions(register: Register, deps: SessionsDeps & RotatingCodeDeps): void {
  register.json(startSessionRoute, ({ actor, params, body }) => startSession(deps, { actor, ...params, ...body }))
  register.json(listClassSessionsRoute, async ({ actor, params }) => ({
    sessions: await listClassSessions(deps, { actor, ...params }),
  }))
  register.json(getSessionRoute, ({ actor, params }) => getSession(deps, { actor, ...params }))
  register.json(endSessionRoute, ({ actor, params }) => endSession(deps, { actor, ...params }))
  register.json(getSessionDefaultsRoute, ({ actor, params }) => getSessionDefaults(deps, { actor, ...params }))
  register.json(startPlannedSessionRoute, ({ actor, params }) => startPlannedSession(deps, { actor, ...params }))
  register.json(extendSessionRoute, ({ actor, params, body }) => extendSession(deps, { actor, ...params, ...body }))
  register.json(pauseSessionRoute, ({ actor, params }) => pauseSession(deps, { actor, ...params }))
  register.json(resumeSessionRoute, ({ actor, params }) => resumeSession(deps, { actor, ...params }))
  register.json(cancelSessionRoute, ({ actor, params, body }) => cancelSession(deps, { actor, ...params, ...body }))
  register.json(restoreSessionRoute, ({ actor, params }) => restoreSession(deps, { actor, ...params }))
  register.json(reopenSessionRoute, ({ actor, params, body }) => reopenSession(deps, { actor, ...params, ...body }))
  register.json(planSessionRoute, ({ actor, params, body }) => planSession(deps, { actor, ...params, ...body }))
  register.json(planFromTimetableRoute, async ({ actor, params, query, body }) => ({
    rows: await planFromTimetable(deps, { actor, ...params, ...query, ...body }),
  }))
  register.json(changePlanRoute, ({ actor, params, query, body }) =>
    changePlan(deps, { actor, ...params, ...query, ...body }),
  )
  register.json(getTeachersTodayRoute, ({ actor }) => getTeachersToday(deps, { actor }))
  register.json(getRotatingCodeRoute, ({ actor, params }) => getRotatingCode(deps, { actor, ...params }))
}
