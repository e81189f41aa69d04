import { leafBytes } from '@app/domain'
import type { RootRow } from './session-roots.store.ts'
import { sha256 } from './sha256.ts'

/**
 * What an audit row says of a mark, as far as its student is told: a leaf of the session's tree. The row itself also holds
 * the teacher's notes, and who else it was about. docs/decisions/061 is the reference.
 */
export function markStatement(row: RootRow): string {
  return JSON.stringify({
    institution: row.institutionId,
    session: row.sessionId,
    student: row.studentId,
    number: Number(row.auditId),
    at: row.at.toISOString(),
    status: row.status,
    method: row.method,
    assurance: row.assurance,
    ownStatus: row.ownStatusId,
    held: row.heldAt !== null,
    salt: row.salt,
  })
}

export const leafOfMark = (row: RootRow): Buffer => sha256(leafBytes(markStatement(row)))
