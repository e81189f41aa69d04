import type { Tx } from '../../platform/db/open.ts'

/** A face that was marked in a session, sealed. */
export type SessionFace = { personId: string; model: string; keyVersion: number; sealed: Buffer }

/** The faces of others that were marked in a session, of one model. */
export async function listFacesOfOthers(
  tx: Tx,
  { sessionId, personId, model }: { sessionId: string; personId: string; model: string },
): Promise<SessionFace[]> {
  const rows = await tx
    .selectFrom('session_faces')
    .select(['person_id', 'model', 'key_version', 'sealed'])
    .where('session_id', '=', sessionId)
    .where('person_id', '!=', personId)
    .where('model', '=', model)
    .execute()
  return rows.map((row) => ({
    personId: row.person_id,
    model: row.model,
    keyVersion: row.key_version,
    sealed: row.sealed,
  }))
}

/** The last face of a person in a session takes the place of an earlier one. */
export async function putSessionFace(
  tx: Tx,
  { institutionId, sessionId, at, ...face }: SessionFace & { institutionId: string; sessionId: string; at: Date },
): Promise<void> {
  const changed = { model: face.model, key_version: face.keyVersion, sealed: face.sealed, at }
  await tx
    .insertInto('session_faces')
    .values({ institution_id: institutionId, session_id: sessionId, person_id: face.personId, ...changed })
    .onConflict((conflict) => conflict.columns(['institution_id', 'session_id', 'person_id']).doUpdateSet(changed))
    .execute()
}

/** Nothing of a face outlives the session it was compared in. */
export async function deleteSessionFaces(tx: Tx, sessionId: string): Promise<void> {
  await tx.deleteFrom('session_faces').where('session_id', '=', sessionId).execute()
}
