import type { Action } from '@app/domain'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

export type Consent = { version: string; givenAt: Date }

/** The consent that holds now. */
export async function findConsent(tx: Tx, personId: string): Promise<Consent | null> {
  const row = await tx
    .selectFrom('consents')
    .select(['notice_version', 'given_at'])
    .where('person_id', '=', personId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return row ? { version: row.notice_version, givenAt: row.given_at } : null
}

/** Whether it was inserted; false when a consent holds already. */
export async function insertConsent(
  tx: Tx,
  consent: { institutionId: string; id: string; personId: string; version: string; at: Date },
): Promise<boolean> {
  const row = await tx
    .insertInto('consents')
    .values({
      institution_id: consent.institutionId,
      id: consent.id,
      person_id: consent.personId,
      notice_version: consent.version,
      given_at: consent.at,
      given_by: consent.personId,
    })
    .onConflict((conflict) =>
      conflict.columns(['institution_id', 'person_id']).where('withdrawn_at', 'is', null).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Whether there was one to end. */
export async function endConsent(tx: Tx, personId: string, at: Date): Promise<boolean> {
  const row = await tx
    .updateTable('consents')
    .set({ withdrawn_at: at })
    .where('person_id', '=', personId)
    .where('withdrawn_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** `enrolledAt` is of the model asked about; `isOfOtherModel` says that there is a template, but only of another. */
export type FaceFacts = {
  enrolledAt: Date | null
  isOfOtherModel: boolean
  /** Made of a photo, and no live check-in has confirmed it yet. */
  isUnverified: boolean
  isHeld: boolean
  mayEnrolAgain: boolean
  /** Also when the template has been deleted since. */
  enrolledOnce: boolean
}

/** What is known of a person's face enrolment under `model`; null when there is no such person. */
export async function findFaceFacts(tx: Tx, personId: string, model: string): Promise<FaceFacts | null> {
  const row = await tx
    .selectFrom('people')
    .leftJoin('face_templates', 'face_templates.person_id', 'people.id')
    .leftJoin('enrolment_holds', (join) =>
      join.onRef('enrolment_holds.person_id', '=', 'people.id').on('enrolment_holds.decided_at', 'is', null),
    )
    .select([
      'people.may_enrol_again',
      'people.enrolled_once',
      'face_templates.created_at',
      'face_templates.model',
      'face_templates.verified_at',
      'enrolment_holds.id as hold_id',
    ])
    .where('people.id', '=', personId)
    .orderBy(sql`face_templates.model is not distinct from ${model}`, 'desc')
    .executeTakeFirst()
  if (!row) return null
  return {
    enrolledAt: row.model === model ? row.created_at : null,
    isOfOtherModel: row.model !== null && row.model !== model,
    isUnverified: row.model === model && row.verified_at === null,
    isHeld: row.hold_id !== null,
    mayEnrolAgain: row.may_enrol_again,
    enrolledOnce: row.enrolled_once,
  }
}

/** Holds every enrolment of the institution back until this transaction ends: one face cannot slip in twice at once. */
export async function lockEnrolments(tx: Tx): Promise<void> {
  await tx.selectFrom('institutions').select('id').forNoKeyUpdate().executeTakeFirstOrThrow()
}

export async function setMayEnrolAgain(tx: Tx, personId: string, may: boolean): Promise<void> {
  await tx.updateTable('people').set({ may_enrol_again: may }).where('id', '=', personId).execute()
}

/** A template was stored: the next one needs leave again. */
export async function setEnrolled(tx: Tx, personId: string): Promise<void> {
  await tx
    .updateTable('people')
    .set({ may_enrol_again: false, enrolled_once: true })
    .where('id', '=', personId)
    .execute()
}

/** What a student is not asked for; null when there is no such student. */
export async function lockCannotDo(tx: Tx, studentId: string): Promise<Action[] | null> {
  const row = await tx
    .selectFrom('people')
    .innerJoin('person_roles', 'person_roles.person_id', 'people.id')
    .select('people.cannot_do')
    .where('people.id', '=', studentId)
    .where('person_roles.role', '=', 'student')
    .forNoKeyUpdate('people')
    .executeTakeFirst()
  return row?.cannot_do ?? null
}

export async function setCannotDo(tx: Tx, studentId: string, cannotDo: Action[]): Promise<void> {
  await tx.updateTable('people').set({ cannot_do: cannotDo }).where('id', '=', studentId).execute()
}

/** Whether `teacherId` teaches a class that `studentId` belongs to now. */
export async function teachesStudent(tx: Tx, teacherId: string, studentId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('class_teachers')
    .innerJoin('class_students', 'class_students.class_id', 'class_teachers.class_id')
    .select('class_teachers.class_id')
    .where('class_teachers.person_id', '=', teacherId)
    .where('class_students.person_id', '=', studentId)
    .where('class_students.left_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
