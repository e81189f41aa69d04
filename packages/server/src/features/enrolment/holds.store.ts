import type { Tx } from '../../platform/db/open.ts'
import type { SealedTemplate } from './templates.store.ts'

export type Hold = SealedTemplate & { id: string; frames: number }

export async function insertHold(
  tx: Tx,
  hold: Hold & { institutionId: string; looksLikeId: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('enrolment_holds')
    .values({
      institution_id: hold.institutionId,
      id: hold.id,
      person_id: hold.personId,
      looks_like_id: hold.looksLikeId,
      model: hold.model,
      key_version: hold.keyVersion,
      sealed: hold.sealed,
      frames: hold.frames,
      created_at: hold.at,
    })
    .execute()
}

/** Those that nobody has decided, the oldest first. */
export async function listOpenHolds(tx: Tx) {
  const rows = await tx
    .selectFrom('enrolment_holds')
    .innerJoin('people as student', 'student.id', 'enrolment_holds.person_id')
    .innerJoin('people as other', 'other.id', 'enrolment_holds.looks_like_id')
    .select([
      'enrolment_holds.id',
      'enrolment_holds.created_at',
      'student.id as student_id',
      'student.roll_no as student_roll_no',
      'student.full_name as student_name',
      'other.id as other_id',
      'other.roll_no as other_roll_no',
      'other.full_name as other_name',
    ])
    .where('enrolment_holds.decided_at', 'is', null)
    .orderBy('enrolment_holds.created_at')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    student: { personId: row.student_id, rollNo: row.student_roll_no, fullName: row.student_name },
    looksLike: { personId: row.other_id, rollNo: row.other_roll_no, fullName: row.other_name },
    at: row.created_at,
  }))
}

/** A hold, locked until the transaction ends; `template` null when it was decided. */
export async function lockHold(
  tx: Tx,
  holdId: string,
): Promise<{ personId: string; looksLikeId: string; template: Hold | null } | null> {
  const row = await tx.selectFrom('enrolment_holds').selectAll().where('id', '=', holdId).forUpdate().executeTakeFirst()
  if (!row) return null
  const { id, person_id: personId, looks_like_id: looksLikeId, model, key_version: keyVersion, sealed, frames } = row
  const isOpen = row.decided_at === null && sealed !== null
  return { personId, looksLikeId, template: isOpen ? { id, personId, model, keyVersion, sealed, frames } : null }
}

/** Ends a hold; its copy of the template goes either way. */
export async function setHoldDecided(
  tx: Tx,
  holdId: string,
  decided: { decision: 'accept' | 'discard'; by: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('enrolment_holds')
    .set({ decision: decided.decision, decided_by: decided.by, decided_at: decided.at, sealed: null })
    .where('id', '=', holdId)
    .execute()
}

/** How many open holds were ended because the person took their consent back. */
export async function withdrawHolds(tx: Tx, personId: string, at: Date): Promise<number> {
  const rows = await tx
    .updateTable('enrolment_holds')
    .set({ decision: 'withdrawn', decided_by: personId, decided_at: at, sealed: null })
    .where('person_id', '=', personId)
    .where('decided_at', 'is', null)
    .returning('id')
    .execute()
  return rows.length
}
