import { shortRoot } from '@app/domain'
import type { Database } from '../../platform/db/open.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { findLastRoots } from '../audit/index.ts'
import { requireManagesClass } from '../roster/index.ts'
import { findEndedSessions } from './class-report.store.ts'

/** The newest root of each ended session of a class, as a page of a workbook: what is kept, receipts can be checked against. */
export async function makeRootsPage(
  { db }: { db: Database },
  { actor, classId }: { actor: Actor; classId: string },
): Promise<{ name: string; rows: string[][] }> {
  const rows = await db.inInstitution(actor.institutionId, async (tx) => {
    await requireManagesClass(tx, actor, classId)
    const sessions = await findEndedSessions(tx, classId)
    const roots = await findLastRoots(
      tx,
      sessions.map(({ id }) => id),
    )
    return sessions.flatMap(({ id, opensAt }) => {
      const last = roots.get(id)
      if (!last) return []
      return [
        [opensAt.toISOString().slice(0, 16).replace('T', ' '), String(last.marks), last.root, shortRoot(last.root)],
      ]
    })
  })
  return { name: 'Session roots', rows: [['Session (UTC)', 'Marks', 'Root', 'Short form'], ...rows] }
}
