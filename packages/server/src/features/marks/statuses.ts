import { randomUUID } from 'node:crypto'
import type { OwnStatus } from '@app/contract'
import type { Status, Weight } from '@app/domain'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Database } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import {
  insertOwnStatus,
  isStatusNameTaken,
  listOwnStatusRows,
  lockOwnStatus,
  type OwnStatusRow,
  updateOwnStatus,
} from './statuses.store.ts'

type Deps = { db: Database; now: () => Date }

const toView = ({ id, name, base, weight, archivedAt }: OwnStatusRow): OwnStatus => ({
  id,
  name,
  base,
  weight,
  isArchived: archivedAt !== null,
})

/** What of a status the audit log keeps. */
const keptValue = ({ name, base, weight, archivedAt }: OwnStatusRow) => ({
  name,
  base,
  weight,
  isArchived: archivedAt !== null,
})

export function listOwnStatuses({ db }: Pick<Deps, 'db'>, actor: Actor): Promise<OwnStatus[]> {
  requireRole(actor, 'admin', 'teacher')
  return db.inInstitution(actor.institutionId, async (tx) => (await listOwnStatusRows(tx)).map(toView))
}

/** @throws Failure `status-name-taken` */
export function createOwnStatus(
  { db, now }: Deps,
  { actor, name, base, weight }: { actor: Actor; name: string; base: Status; weight: Weight },
): Promise<OwnStatus> {
  requireRole(actor, 'admin')
  const { institutionId, personId } = actor
  return db.inInstitution(institutionId, async (tx) => {
    const at = now()
    const status: OwnStatusRow = { id: randomUUID(), name, base, weight, archivedAt: null }
    if (!(await insertOwnStatus(tx, { institutionId, ...status, at }))) throw new Failure('status-name-taken')
    await appendAudit(tx, {
      institutionId,
      at,
      actorId: personId,
      action: 'status-created',
      subjectId: status.id,
      sessionId: null,
      oldValue: null,
      newValue: keptValue(status),
      reason: null,
    })
    return toView(status)
  })
}

/** What it is among the four stays: marks that have it were made as that. @throws Failure `not-found`, `status-name-taken` */
export function changeOwnStatus(
  { db, now }: Deps,
  input: { actor: Actor; statusId: string; name: string; weight: Weight; isArchived: boolean },
): Promise<OwnStatus> {
  const { actor, statusId, name, weight, isArchived } = input
  requireRole(actor, 'admin')
  const { institutionId, personId } = actor
  return db.inInstitution(institutionId, async (tx) => {
    const at = now()
    const before = await lockOwnStatus(tx, statusId)
    if (!before) throw new Failure('not-found')
    if (await isStatusNameTaken(tx, name, statusId)) throw new Failure('status-name-taken')
    const after = { ...before, name, weight, archivedAt: isArchived ? (before.archivedAt ?? at) : null }
    await updateOwnStatus(tx, after)
    await appendAudit(tx, {
      institutionId,
      at,
      actorId: personId,
      action: 'status-changed',
      subjectId: statusId,
      sessionId: null,
      oldValue: keptValue(before),
      newValue: keptValue(after),
      reason: null,
    })
    return toView(after)
  })
}
