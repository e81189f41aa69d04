import { showPresence as showPresenceRoute } from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import { showPresence } from './presence.ts'
import type { RoomCodeDeps } from './room-code.ts'

export function installPresence(register: Register, deps: RoomCodeDeps): void {
  register.json(showPresenceRoute, ({ actor, params, body, address }) =>
    showPresence(deps, { actor, ...params, ...body, address }),
  )
}
