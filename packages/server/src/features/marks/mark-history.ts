import type { ReplyOf, getMarkHistory as route } from '@app/contract'
import type { Database } from '../../platform/db/open.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { requireManagesClass } from '../roster/index.ts'
import { getExistingSession } from '../sessions/index.ts'
import { listMarkChanges } from './mark-changes.store.ts'
import { readKeptMark } from './mark-value.ts'
import { listOwnStatusRows } from './statuses.store.ts'

/** Every change of one student's mark in a session, the oldest first. */
export function getMarkHistory(
  { db }: { db: Database },
  { actor, sessionId, studentId }: { actor: Actor; sessionId: string; studentId: string },
): Promise<ReplyOf<typeof route>> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    await requireManagesClass(tx, actor, (await getExistingSession(tx, sessionId)).classId)
    const names = new Map((await listOwnStatusRows(tx)).map(({ id, name }) => [id, name]))
    const view = (value: unknown) => {
      const kept = readKeptMark(value)
      if (!kept) return null
      const { status, ownStatusId, method, assurance, reason, note } = kept
      const ownStatus = ownStatusId === null ? null : (names.get(ownStatusId) ?? null)
      return { status, ownStatus, method, assurance, reason, note, isHeld: kept.heldAt !== null }
    }
    const changes = await listMarkChanges(tx, sessionId, studentId)
    return {
      changes: changes.map((change) => ({
        at: change.at.toISOString(),
        by: change.actorName,
        action: change.action,
        from: view(change.oldValue),
        to: view(change.newValue),
        reason: change.reason,
      })),
    }
  })
}
