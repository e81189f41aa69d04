import { getBoard as getBoardRoute, watchBoard as watchBoardRoute } from '@app/contract'
import { Failure } from '../../platform/failure.ts'
import type { Register } from '../../platform/http/register.ts'
import { getBoard, type LiveBoardDeps, watchBoard } from './live-board.ts'

export function installLiveBoard(register: Register, deps: LiveBoardDeps): void {
  register.json(getBoardRoute, ({ actor, params }) => getBoard(deps, { actor, ...params }))
  register.stream(watchBoardRoute, ({ actor, params, query, headers }, stream) =>
    watchBoard(deps, { actor, ...params, after: query.after ?? readLastEventId(headers['last-event-id']) }, stream),
  )
}

/** A browser that reconnects by itself names the last event it had. */
function readLastEventId(header: string | string[] | undefined): number | null {
  if (header === undefined || header === '') return null
  if (typeof header === 'string' && /^\d{1,15}$/.test(header)) return Number(header)
  throw new Failure('bad-input', { fields: [{ path: 'headers.last-event-id', message: 'not the number of an event' }] })
}
