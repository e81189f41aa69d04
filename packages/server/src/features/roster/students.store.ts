import type { Action } from '@app/domain'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

export type StudentRow = {
  personId: string
  rollNo: string | null
  fullName: string
  email: string | null
  phone: string | null
  batch: string | null
  department: string | null
  status: 'invited' | 'awaiting-approval' | 'active' | 'disabled'
  /** Of the model asked about, and of another one. */
  hasTemplate: boolean
  /** Made of a photo, and no live check-in has confirmed it yet. */
  isUnverified: boolean
  hasOtherTemplate: boolean
  cannotDo: Action[]
  isHeld: boolean
  mayEnrolAgain: boolean
  enrolledOnce: boolean
}

/** Who is in the class now, in no order. */
export async function findClassStudents(tx: Tx, classId: string, model: string): Promise<StudentRow[]> {
  const { rows } = await sql<{
    id: string
    roll_no: string | null
    full_name: string
    email: string | null
    phone: string | null
    batch: string | null
    department: string | null
    status: StudentRow['status']
    has_template: boolean
    has_other_template: boolean
    is_unverified: boolean
    cannot_do: Action[]
    is_held: boolean
    may_enrol_again: boolean
    enrolled_once: boolean
  }>`
    select p.id, p.roll_no, p.full_name, p.email, p.phone, p.batch, p.department, p.status, p.may_enrol_again, p.enrolled_once,
      p.cannot_do,
      exists (select from face_templates f where f.institution_id = p.institution_id and f.person_id = p.id
        and f.model = ${model}) as has_template,
      exists (select from face_templates f where f.institution_id = p.institution_id and f.person_id = p.id
        and f.model <> ${model}) as has_other_template,
      exists (select from face_templates f where f.institution_id = p.institution_id and f.person_id = p.id
        and f.model = ${model} and f.verified_at is null) as is_unverified,
      exists (select from enrolment_holds h where h.institution_id = p.institution_id and h.person_id = p.id
        and h.decided_at is null) as is_held
    from class_students cs join people p on p.institution_id = cs.institution_id and p.id = cs.person_id
    where cs.class_id = ${classId} and cs.left_at is null`.execute(tx)
  return rows.map((row) => ({
    personId: row.id,
    rollNo: row.roll_no,
    fullName: row.full_name,
    email: row.email,
    phone: row.phone,
    batch: row.batch,
    department: row.department,
    status: row.status,
    hasTemplate: row.has_template,
    hasOtherTemplate: row.has_other_template,
    isUnverified: row.is_unverified,
    cannotDo: row.cannot_do,
    isHeld: row.is_held,
    mayEnrolAgain: row.may_enrol_again,
    enrolledOnce: row.enrolled_once,
  }))
}

/** Who of the class has not used their invite. */
export async function findInvitedStudents(
  tx: Tx,
  classId: string,
): Promise<{ personId: string; rollNo: string; fullName: string }[]> {
  const rows = await tx
    .selectFrom('class_students')
    .innerJoin('people', 'people.id', 'class_students.person_id')
    .select(['people.id', 'people.roll_no', 'people.full_name'])
    .where('class_students.class_id', '=', classId)
    .where('class_students.left_at', 'is', null)
    .where('people.status', '=', 'invited')
    .execute()
  return rows.map((row) => ({ personId: row.id, rollNo: row.roll_no ?? '', fullName: row.full_name }))
}

/** False when they are not in the class. */
export async function endStay(tx: Tx, classId: string, personId: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('class_students')
    .set({ left_at: sql<Date>`greatest(joined_at, ${at})` })
    .where('class_id', '=', classId)
    .where('person_id', '=', personId)
    .where('left_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}
