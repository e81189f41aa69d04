import type { Tx } from '../../platform/db/open.ts'

/** A template with its row. */
export type KeptTemplate = { id: string; keyVersion: number; sealed: Buffer }

export async function listTemplatesOf(tx: Tx, personId: string): Promise<KeptTemplate[]> {
  const rows = await tx
    .selectFrom('face_templates')
    .select(['id', 'key_version', 'sealed'])
    .where('person_id', '=', personId)
    .execute()
  return rows.map((row) => ({ id: row.id, keyVersion: row.key_version, sealed: row.sealed }))
}

export async function setTemplateOwner(
  tx: Tx,
  { id, keyVersion, sealed }: KeptTemplate,
  personId: string,
): Promise<void> {
  await tx
    .updateTable('face_templates')
    .set({ person_id: personId, key_version: keyVersion, sealed })
    .where('id', '=', id)
    .execute()
}

/** Which of these people have a template, of whatever model. */
export async function findPeopleWithFace(tx: Tx, personIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('face_templates')
    .select('person_id')
    .distinct()
    .where('person_id', 'in', [...personIds])
    .execute()
  return new Set(rows.map(({ person_id }) => person_id))
}

/** The open holds that mean nothing once two people are one: those of the one who goes, and those between the two. */
export async function findHoldsToDiscard(
  tx: Tx,
  { keptId, mergedId }: { keptId: string; mergedId: string },
): Promise<string[]> {
  const rows = await tx
    .selectFrom('enrolment_holds')
    .select('id')
    .where('decided_at', 'is', null)
    .where((where) =>
      where.or([
        where('person_id', '=', mergedId),
        where.and([where('person_id', '=', keptId), where('looks_like_id', '=', mergedId)]),
      ]),
    )
    .execute()
  return rows.map(({ id }) => id)
}
