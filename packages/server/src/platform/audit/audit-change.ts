import type { Tx } from '../db/open.ts'
import type { Actor } from '../http/actor.ts'
import { type AuditEntry, appendAudit } from './append-audit.ts'

/** What somebody did that belongs to no session. */
export function auditChange(
  tx: Tx,
  actor: Pick<Actor, 'institutionId' | 'personId'>,
  change: Pick<AuditEntry, 'at' | 'action' | 'subjectId' | 'oldValue' | 'newValue'> & { reason?: string },
): Promise<void> {
  const { institutionId, personId } = actor
  return appendAudit(tx, {
    ...change,
    institutionId,
    actorId: personId,
    sessionId: null,
    reason: change.reason === undefined || change.reason === '' ? null : change.reason,
  })
}
