import type { DistanceBucket, PlaceOutcome } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'

/** What was shown for one challenge. */
export type ShownProof =
  | { proof: 'room-code'; codeCounter: number }
  | { proof: 'geofence'; isProven: boolean; place: PlaceOutcome; distance: DistanceBucket | null }

type OfChallenge = { institutionId: string; challengeId: string; sessionId: string; personId: string; at: Date }

/** The latest of its kind is what counts for the challenge. */
export async function putProof(tx: Tx, of: OfChallenge, shown: ShownProof): Promise<void> {
  const isPlace = shown.proof === 'geofence'
  const changed = {
    is_proven: isPlace ? shown.isProven : true,
    place: isPlace ? shown.place : null,
    distance: isPlace ? shown.distance : null,
    code_counter: isPlace ? null : String(shown.codeCounter),
    at: of.at,
  }
  await tx
    .insertInto('presence_proofs')
    .values({
      institution_id: of.institutionId,
      challenge_id: of.challengeId,
      session_id: of.sessionId,
      person_id: of.personId,
      proof: shown.proof,
      ...changed,
    })
    .onConflict((conflict) => conflict.columns(['institution_id', 'challenge_id', 'proof']).doUpdateSet(changed))
    .execute()
}

/** The challenge for which this student has shown this code already; null when they have not. */
export async function findCodeUse(
  tx: Tx,
  code: { sessionId: string; personId: string; counter: number },
): Promise<string | null> {
  const row = await tx
    .selectFrom('presence_proofs')
    .select('challenge_id')
    .where('session_id', '=', code.sessionId)
    .where('person_id', '=', code.personId)
    .where('code_counter', '=', String(code.counter))
    .executeTakeFirst()
  return row?.challenge_id ?? null
}

export type KeptProof = { proof: 'room-code' | 'geofence'; isProven: boolean; place: PlaceOutcome | null }

export async function listProofs(tx: Tx, challengeId: string): Promise<KeptProof[]> {
  const rows = await tx
    .selectFrom('presence_proofs')
    .select(['proof', 'is_proven', 'place'])
    .where('challenge_id', '=', challengeId)
    .execute()
  return rows.map((row) => ({ proof: row.proof, isProven: row.is_proven, place: row.place }))
}
