import * as routes from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import { decideFaceConflict } from './face-conflicts.ts'
import { addGuest, matchGuest, removeGuest } from './guests.ts'
import { type MarkingDeps, markByHand, markMany } from './mark-by-hand.ts'
import { getMarkHistory } from './mark-history.ts'
import { confirmSpotCheck, type SpotCheckDeps, startSpotCheck } from './spot-checks.ts'
import { changeOwnStatus, createOwnStatus, listOwnStatuses } from './statuses.ts'
import { undoMarks } from './undo-marks.ts'
import { unlockMarks } from './unlock-marks.ts'

export function installMarks(register: Register, deps: MarkingDeps & SpotCheckDeps): void {
  register.json(routes.listOwnStatuses, async ({ actor }) => ({ statuses: await listOwnStatuses(deps, actor) }))
  register.json(routes.createOwnStatus, ({ actor, body }) => createOwnStatus(deps, { actor, ...body }))
  register.json(routes.changeOwnStatus, ({ actor, params, body }) =>
    changeOwnStatus(deps, { actor, ...params, ...body }),
  )
  register.json(routes.markByHand, ({ actor, params, body }) => markByHand(deps, { actor, ...params, ...body }))
  register.json(routes.markMany, ({ actor, params, body }) => markMany(deps, { actor, ...params, ...body }))
  register.json(routes.undoMarks, ({ actor, params, body }) => undoMarks(deps, { actor, ...params, ...body }))
  register.json(routes.unlockMarks, ({ actor, params, body }) => unlockMarks(deps, { actor, ...params, ...body }))
  register.json(routes.getMarkHistory, ({ actor, params }) => getMarkHistory(deps, { actor, ...params }))
  register.json(routes.addGuest, ({ actor, params, body }) => addGuest(deps, { actor, ...params, ...body }))
  register.json(routes.removeGuest, async ({ actor, params }) => {
    await removeGuest(deps, { actor, ...params })
    return { done: true as const }
  })
  register.json(routes.matchGuest, ({ actor, params, body }) => matchGuest(deps, { actor, ...params, ...body }))
  register.json(routes.startSpotCheck, async ({ actor, params, body }) => ({
    tiles: await startSpotCheck(deps, { actor, ...params, ...body }),
  }))
  register.json(routes.confirmSpotCheck, ({ actor, params }) => confirmSpotCheck(deps, { actor, ...params }))
  register.json(routes.decideFaceConflict, async ({ actor, params, body }) => ({
    tiles: await decideFaceConflict(deps, { actor, ...params, ...body }),
  }))
}
