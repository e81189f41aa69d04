import {
  endSession as endSessionRoute,
  getRotatingCode as getRotatingCodeRoute,
  getSession as getSessionRoute,
  listClassSessions as listClassSessionsRoute,
  startSession as startSessionRoute,
} from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import { getRotatingCode, type RotatingCodeDeps } from './rotating-code.ts'
import { endSession, getSession, listClassSessions, type SessionsDeps, startSession } from './sessions.ts'

export function installSessions(register: Register, deps: SessionsDeps & RotatingCodeDeps): void {
  register.json(startSessionRoute, ({ actor, params, body }) => startSession(deps, { actor, ...params, ...body }))
  register.json(listClassSessionsRoute, async ({ actor, params }) => ({
    sessions: await listClassSessions(deps, { actor, ...params }),
  }))
  register.json(getSessionRoute, ({ actor, params }) => getSession(deps, { actor, ...params }))
  register.json(endSessionRoute, ({ actor, params }) => endSession(deps, { actor, ...params }))
  register.json(getRotatingCodeRoute, ({ actor, params }) => getRotatingCode(deps, { actor, ...params }))
}
