import type { Receipt } from '@app/contract'
import { isMarkRow, leafBytes, merklePath, toHex } from '@app/domain'
import type { Database } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import type { Download } from '../../platform/http/register.ts'
import { canonicalRow } from './canonical-row.ts'
import { leafOfMark, markStatement } from './mark-statement.ts'
import { findSessionNames, getLinkedRow, getOwnNames, listRootRows } from './session-roots.store.ts'
import { rootsOf } from './session-roots.ts'
import { sha256 } from './sha256.ts'

type Deps = { db: Database }

const EXPLANATION = [
  'This receipt shows how you were marked in one session, and proves it without trusting the server it came from.',
  'Check it at the page /check-receipt of any Smart Attendance, or with "npm run receipt:check FILE ROOT". Neither sends the file anywhere.',
  'What is compared is the root of the session: a number that stands on the ended board and in the reports that your institution prints and keeps. Ask your teacher for it, or copy it from a report.',
  'Proved is the text in "statement": what was recorded, for whom (by id), in which session and when. The names beside it are for reading.',
  'A mark that is changed later gets a new root. The old receipt still fits the old root, which stays in the list.',
]

/**
 * The student's own mark as their last session root has it. Of others it holds hashes alone, made with salts that are not in
 * it.
 * @throws Failure `not-found` without a mark of one's own, `receipt-not-ready` before the session's end
 */
export async function makeReceipt(
  { db }: Deps,
  { actor, sessionId }: { actor: Actor; sessionId: string },
): Promise<Download> {
  requireRole(actor, 'student')
  const receipt = await db.inInstitution(actor.institutionId, async (tx): Promise<Receipt> => {
    const session = await findSessionNames(tx, sessionId)
    const rows = await listRootRows(tx, [sessionId])
    const isOwn = ({ studentId }: { studentId: string | null }) => studentId === actor.personId
    if (!session || !rows.some((row) => isMarkRow(row) && isOwn(row))) throw new Failure('not-found')
    const root = rootsOf(rows).at(-1)
    const marks = rows.filter(isMarkRow).slice(0, root?.marks ?? 0)
    const index = marks.findLastIndex(isOwn)
    const own = marks[index]
    if (session.endedAt === null || !root || !own) throw new Failure('receipt-not-ready')
    const linked = await getLinkedRow(tx, own.auditId)
    if (!sha256(leafBytes(canonicalRow(linked.row))).equals(linked.leaf))
      throw new Error(`audit row ${own.auditId} is not the one that was linked`)
    const leaves = marks.map(leafOfMark)
    return {
      kind: 'smart-attendance-receipt',
      version: 1,
      institution: session.institution,
      className: session.className,
      subjectName: session.subjectName,
      opensAt: session.opensAt.toISOString(),
      ...(await getOwnNames(tx, actor.personId)),
      statement: markStatement(own),
      index,
      size: leaves.length,
      path: merklePath(leaves, index, sha256).map(toHex),
      root: root.root,
      explanation: EXPLANATION,
    }
  })
  return {
    contentType: 'application/json; charset=utf-8',
    fileName: `receipt-${receipt.opensAt.slice(0, 10)}-${receipt.root.slice(0, 8)}.json`,
    body: Buffer.from(`${JSON.stringify(receipt, null, 2)}\n`),
  }
}
