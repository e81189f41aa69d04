import * as routes from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import { type AnsweringDeps, answerCorrection, answerLeave, listRequests } from './answering.ts'
import { askCorrection, askLeave, listMyRequests, withdrawRequest } from './asking.ts'
import { addRequestFile, downloadRequestFile, type RequestFilesDeps } from './request-files.ts'

export function installRequests(register: Register, deps: RequestFilesDeps & AnsweringDeps): void {
  register.json(routes.askCorrection, ({ actor, body }) => askCorrection(deps, { actor, ...body }))
  register.json(routes.askLeave, ({ actor, body }) => askLeave(deps, { actor, ...body }))
  register.json(routes.listMyRequests, ({ actor }) => listMyRequests(deps, { actor }))
  register.json(routes.withdrawRequest, async ({ actor, params }) => {
    await withdrawRequest(deps, { actor, ...params })
    return { done: true as const }
  })
  register.json(routes.addRequestFile, ({ actor, params, file }) =>
    addRequestFile(deps, { actor, ...params, bytes: file.bytes }),
  )
  register.download(routes.downloadRequestFile, ({ actor, params }) => downloadRequestFile(deps, { actor, ...params }))
  register.json(routes.listRequests, ({ actor, query }) =>
    listRequests(deps, {
      actor,
      state: query.state,
      before: query.before === undefined ? null : new Date(query.before),
    }),
  )
  register.json(routes.answerCorrection, ({ actor, params, body }) =>
    answerCorrection(deps, { actor, ...params, given: body }),
  )
  register.json(routes.answerLeave, ({ actor, params, body }) => answerLeave(deps, { actor, ...params, ...body }))
}
