import {
  downloadAudit,
  downloadReceipt,
  listAudit as listAuditRoute,
  listSessionRoots as listSessionRootsRoute,
} from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import { type AuditDeps, listAudit, makeAuditFile } from './audit-log.ts'
import { makeReceipt } from './receipt.ts'
import { listSessionRoots } from './session-roots.ts'

export function installAudit(register: Register, deps: AuditDeps): void {
  register.json(listAuditRoute, ({ actor, query: { before, ...filter } }) => listAudit(deps, { actor, filter, before }))
  register.download(downloadAudit, ({ actor, query }) => makeAuditFile(deps, { actor, filter: query }))
  register.json(listSessionRootsRoute, ({ actor, params }) => listSessionRoots(deps, { actor, ...params }))
  register.download(downloadReceipt, ({ actor, params }) => makeReceipt(deps, { actor, ...params }))
}
