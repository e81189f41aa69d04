import type { Tx } from '../../platform/db/open.ts'

/** A template as it is kept: sealed under the institution's key and the person's id. */
export type SealedTemplate = { personId: string; model: string; keyVersion: number; sealed: Buffer }

export async function findTemplate(tx: Tx, personId: string, model: string): Promise<SealedTemplate | null> {
  const row = await tx
    .selectFrom('face_templates')
    .select(['person_id', 'model', 'key_version', 'sealed'])
    .where('person_id', '=', personId)
    .where('model', '=', model)
    .executeTakeFirst()
  return row ? { personId: row.person_id, model: row.model, keyVersion: row.key_version, sealed: row.sealed } : null
}

/** The gallery of one model without one person: only templates of the same model can be compared. */
export async function listTemplatesOfOthers(tx: Tx, personId: string, model: string): Promise<SealedTemplate[]> {
  const rows = await tx
    .selectFrom('face_templates')
    .select(['person_id', 'model', 'key_version', 'sealed'])
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

/** Stores a template in the place of the person's earlier one of the same model. */
export async function putTemplate(
  tx: Tx,
  template: SealedTemplate & { institutionId: string; id: string; frames: number; at: Date; verifiedAt: Date | null },
): Promise<void> {
  const sealed = {
    key_version: template.keyVersion,
    sealed: template.sealed,
    frames: template.frames,
    verified_at: template.verifiedAt,
  }
  await tx
    .insertInto('face_templates')
    .values({
      institution_id: template.institutionId,
      id: template.id,
      person_id: template.personId,
      model: template.model,
      created_at: template.at,
      ...sealed,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['institution_id', 'person_id', 'model'])
        .doUpdateSet({ id: template.id, created_at: template.at, ...sealed }),
    )
    .execute()
}

/** The whole gallery of one model. */
export async function listTemplates(tx: Tx, model: string): Promise<SealedTemplate[]> {
  const rows = await tx
    .selectFrom('face_templates')
    .select(['person_id', 'model', 'key_version', 'sealed'])
    .where('model', '=', model)
    .execute()
  return rows.map((row) => ({
    personId: row.person_id,
    model: row.model,
    keyVersion: row.key_version,
    sealed: row.sealed,
  }))
}

/** Whether there was one that nobody had confirmed. */
export async function setTemplateVerified(tx: Tx, personId: string, model: string, at: Date): Promise<boolean> {
  const row = await tx
    .updateTable('face_templates')
    .set({ verified_at: at })
    .where('person_id', '=', personId)
    .where('model', '=', model)
    .where('verified_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** How many there were. */
export async function deleteTemplates(tx: Tx, personId: string): Promise<number> {
  const rows = await tx.deleteFrom('face_templates').where('person_id', '=', personId).returning('id').execute()
  return rows.length
}
