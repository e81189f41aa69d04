import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

export type FrameHashes = {
  institutionId: string
  challengeId: string
  personId: string
  at: Date
  hashes: string[]
  /** What other uploads are found by. */
  marks: string[]
}

export async function insertFrameHashes(tx: Tx, upload: FrameHashes): Promise<void> {
  await tx
    .insertInto('frame_hashes')
    .values({
      institution_id: upload.institutionId,
      challenge_id: upload.challengeId,
      person_id: upload.personId,
      at: upload.at,
      hashes: upload.hashes,
      marks: upload.marks,
    })
    .execute()
}

/** More uploads than anybody makes in a day. */
const MOST_COMPARED = 60

/** The hashes of this person's uploads since then, and of anybody's that share a mark; the newest first. */
export async function listLikelyUploads(
  tx: Tx,
  { personId, marks, since }: { personId: string; marks: string[]; since: Date },
): Promise<string[][]> {
  const rows = await tx
    .selectFrom('frame_hashes')
    .select('hashes')
    .where('at', '>=', since)
    .where(({ or, eb }) => or([eb('person_id', '=', personId), sql<boolean>`marks && ${marks}::text[]`]))
    .orderBy('at', 'desc')
    .limit(MOST_COMPARED)
    .execute()
  return rows.map(({ hashes }) => hashes)
}

/** Of all institutions: asked outside the wall. */
export async function deleteFrameHashes(tx: Tx, before: Date): Promise<void> {
  await sql`select delete_frame_hashes(${before})`.execute(tx)
}
