import type { SessionRoot } from '@app/contract'
import { isMarkRow, merkleRoots, rootPoints } from '@app/domain'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { requireManagesClass } from '../roster/index.ts'
import { leafOfMark } from './mark-statement.ts'
import { findSessionNames, listRootRows, type RootRow } from './session-roots.store.ts'
import { sha256 } from './sha256.ts'

type Deps = { db: Database }

/** The roots of one session, the newest last; none before it has ended. */
export function listSessionRoots(
  { db }: Deps,
  { actor, sessionId }: { actor: Actor; sessionId: string },
): Promise<{ roots: SessionRoot[] }> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    const session = await findSessionNames(tx, sessionId)
    if (!session) throw new Failure('not-found')
    await requireManagesClass(tx, actor, session.classId)
    return { roots: rootsOf(await listRootRows(tx, [sessionId])) }
  })
}

/** The newest root of each session that has one, for reports to print. */
export async function findLastRoots(tx: Tx, sessionIds: readonly string[]): Promise<Map<string, SessionRoot>> {
  const bySession = Map.groupBy(await listRootRows(tx, sessionIds), ({ sessionId }) => sessionId)
  return new Map(
    [...bySession].flatMap(([sessionId, rows]) => {
      const last = rootsOf(rows).at(-1)
      return last ? [[sessionId, last] as const] : []
    }),
  )
}

/** @param rows of one session, in the order of the chain */
export function rootsOf(rows: readonly RootRow[]): SessionRoot[] {
  const points = rootPoints(rows)
  const leaves = rows.filter(isMarkRow).map(leafOfMark)
  const roots = merkleRoots(
    leaves,
    points.map(({ marks }) => marks),
    sha256,
  )
  return roots.flatMap((root, i) => {
    const point = points[i]
    return point ? [{ root: Buffer.from(root).toString('hex'), marks: point.marks, at: point.at.toISOString() }] : []
  })
}
