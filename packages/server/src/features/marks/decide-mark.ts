import { assuranceOf, type Status } from '@app/domain'
import { type AuditEntry, appendAudit } from '../../platform/audit/append-audit.ts'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Mark, markValue, type NamedMark, putMark, type Session } from '../sessions/index.ts'
import { findOwnStatus } from './statuses.store.ts'

/** What somebody decided about a mark; empty texts are none. */
export type Decision = { status: Status; ownStatusId: string | null; reason: string; note: string }

/** @throws Failure `bad-input` for a status that is not the institution's, is off the list, or is of another base */
export async function requireOwnStatus(tx: Tx, { status, ownStatusId }: Decision): Promise<void> {
  if (ownStatusId === null) return
  const own = await findOwnStatus(tx, ownStatusId)
  if (own && own.archivedAt === null && own.base === status) return
  throw new Failure('bad-input', { fields: [{ path: 'body.ownStatusId', message: 'no such status to choose' }] })
}

/** The mark that a person's decision makes. */
export function toMark(decision: Decision, made: { studentId: string; by: string; at: Date }): Mark {
  const { status, ownStatusId, reason, note } = decision
  return {
    studentId: made.studentId,
    status,
    ownStatusId,
    method: 'hand',
    assurance: assuranceOf({ method: 'hand', presenceProven: false }),
    markedAt: made.at,
    markedBy: made.by,
    reason: reason === '' ? null : reason,
    presence: [],
    note: note === '' ? null : note,
    heldAt: null,
  }
}

type Change = { before: NamedMark | null; mark: Mark; actorId: string; at: Date }

/** Puts one mark in the place of another in a locked session, with its line in the audit log. The boards are the caller's. */
export async function changeMark(tx: Tx, session: Session, change: Change): Promise<void> {
  const { institutionId, id: sessionId } = session
  await putMark(tx, { institutionId, sessionId }, change.mark)
  await appendAudit(tx, auditOfMark(session, change))
}

/** The line of the audit log that tells of a mark that was made or changed. */
export function auditOfMark({ institutionId, id: sessionId }: Session, change: Change): AuditEntry {
  const { before, mark, actorId, at } = change
  return {
    institutionId,
    at,
    actorId,
    action: before ? 'record-changed' : 'record-made',
    subjectId: mark.studentId,
    sessionId,
    oldValue: before ? keptValue(before) : null,
    newValue: markValue(mark),
    reason: mark.reason,
  }
}

/** What the audit log keeps of a mark that was read with the names around it. */
export function keptValue({ markedByName: _, ownStatusName: __, version: ___, ...mark }: NamedMark) {
  return markValue(mark)
}
