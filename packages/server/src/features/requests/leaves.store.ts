import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'
import type { Wanted } from './corrections.store.ts'

export type LeaveRow = {
  id: string
  studentId: string
  studentName: string
  rollNo: string | null
  from: string
  until: string
  reason: string
  askedAt: Date
  withdrawnAt: Date | null
}

export type LeaveClassRow = {
  leaveId: string
  classId: string
  className: string
  subjectName: string
  answer: 'granted' | 'declined' | null
  answeredByName: string | null
  note: string | null
}

const leaves = (tx: Tx) =>
  tx
    .selectFrom('leave_requests')
    .innerJoin('people', (join) =>
      join
        .onRef('people.institution_id', '=', 'leave_requests.institution_id')
        .onRef('people.id', '=', 'leave_requests.student_id'),
    )
    .select([
      'leave_requests.id',
      'leave_requests.student_id',
      'people.full_name',
      'people.roll_no',
      'leave_requests.from_day',
      'leave_requests.until_day',
      'leave_requests.reason',
      'leave_requests.asked_at',
      'leave_requests.withdrawn_at',
    ])

type Row = Awaited<ReturnType<ReturnType<typeof leaves>['executeTakeFirstOrThrow']>>

const toLeave = (row: Row): LeaveRow => ({
  id: row.id,
  studentId: row.student_id,
  studentName: row.full_name,
  rollNo: row.roll_no,
  from: row.from_day,
  until: row.until_day,
  reason: row.reason,
  askedAt: row.asked_at,
  withdrawnAt: row.withdrawn_at,
})

export async function findLeave(tx: Tx, id: string): Promise<LeaveRow | null> {
  const row = await leaves(tx).where('leave_requests.id', '=', id).executeTakeFirst()
  return row ? toLeave(row) : null
}

/** Held until the transaction ends. */
export async function lockLeave(tx: Tx, id: string): Promise<LeaveRow | null> {
  await tx.selectFrom('leave_requests').select('id').where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
  return findLeave(tx, id)
}

export async function listLeavesOfStudent(tx: Tx, studentId: string, limit: number): Promise<LeaveRow[]> {
  const rows = await leaves(tx)
    .where('leave_requests.student_id', '=', studentId)
    .orderBy('leave_requests.asked_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toLeave)
}

/** The newest first. One is open while a class of those that are asked for has not answered. */
export async function listLeaveRows(tx: Tx, { state, teacherId, before, limit }: Wanted): Promise<LeaveRow[]> {
  const ofTeacher =
    teacherId === null
      ? sql<boolean>`true`
      : sql<boolean>`c.class_id in (select class_id from class_teachers where person_id = ${teacherId})`
  const isOpen = sql<boolean>`exists (
    select from leave_classes c
    where c.institution_id = leave_requests.institution_id and c.leave_id = leave_requests.id
      and c.answer is null and leave_requests.withdrawn_at is null and ${ofTeacher})`
  const isSeen = sql<boolean>`exists (
    select from leave_classes c
    where c.institution_id = leave_requests.institution_id and c.leave_id = leave_requests.id and ${ofTeacher})`
  let rows = leaves(tx).where(state === 'open' ? isOpen : sql<boolean>`${isSeen} and not ${isOpen}`)
  if (before !== null) rows = rows.where('leave_requests.asked_at', '<', before)
  const found = await rows
    .orderBy('leave_requests.asked_at', 'desc')
    .orderBy('leave_requests.id')
    .limit(limit)
    .execute()
  return found.map(toLeave)
}

/** The classes that were asked; for a teacher only those they teach. */
export async function listLeaveClasses(
  tx: Tx,
  leaveIds: readonly string[],
  teacherId: string | null,
): Promise<LeaveClassRow[]> {
  if (leaveIds.length === 0) return []
  let rows = tx
    .selectFrom('leave_classes')
    .innerJoin('classes', (join) =>
      join
        .onRef('classes.institution_id', '=', 'leave_classes.institution_id')
        .onRef('classes.id', '=', 'leave_classes.class_id'),
    )
    .innerJoin('subjects', (join) =>
      join
        .onRef('subjects.institution_id', '=', 'classes.institution_id')
        .onRef('subjects.id', '=', 'classes.subject_id'),
    )
    .leftJoin('people', (join) =>
      join
        .onRef('people.institution_id', '=', 'leave_classes.institution_id')
        .onRef('people.id', '=', 'leave_classes.answered_by'),
    )
    .select([
      'leave_classes.leave_id',
      'leave_classes.class_id',
      'classes.name as class_name',
      'subjects.name as subject_name',
      'leave_classes.answer',
      'people.full_name',
      'leave_classes.note',
    ])
    .where('leave_classes.leave_id', 'in', [...leaveIds])
  if (teacherId !== null)
    rows = rows.where('leave_classes.class_id', 'in', (taught) =>
      taught.selectFrom('class_teachers').select('class_id').where('person_id', '=', teacherId),
    )
  const found = await rows.orderBy('subjects.name').orderBy('classes.name').execute()
  return found.map((row) => ({
    leaveId: row.leave_id,
    classId: row.class_id,
    className: row.class_name,
    subjectName: row.subject_name,
    answer: row.answer,
    answeredByName: row.full_name,
    note: row.note,
  }))
}

export async function insertLeave(
  tx: Tx,
  asked: {
    institutionId: string
    id: string
    studentId: string
    from: string
    until: string
    reason: string
    classIds: readonly string[]
    at: Date
  },
): Promise<void> {
  const { institutionId: institution_id } = asked
  await tx
    .insertInto('leave_requests')
    .values({
      institution_id,
      id: asked.id,
      student_id: asked.studentId,
      from_day: asked.from,
      until_day: asked.until,
      reason: asked.reason,
      asked_at: asked.at,
    })
    .execute()
  await tx
    .insertInto('leave_classes')
    .values(asked.classIds.map((class_id) => ({ institution_id, leave_id: asked.id, class_id })))
    .execute()
}

export async function setLeaveWithdrawn(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('leave_requests').set({ withdrawn_at: at }).where('id', '=', id).execute()
}

export async function setLeaveAnswered(
  tx: Tx,
  answered: {
    id: string
    classIds: readonly string[]
    answer: 'granted' | 'declined'
    by: string
    note: string | null
    at: Date
  },
): Promise<void> {
  await tx
    .updateTable('leave_classes')
    .set({
      answer: answered.answer,
      answered_by: answered.by,
      answered_at: answered.at,
      note: answered.note,
    })
    .where('leave_id', '=', answered.id)
    .where('class_id', 'in', [...answered.classIds])
    .execute()
}

/** Started sessions of these classes that opened in [`from`, `to`), in the order they are locked in. */
export async function listSessionsOfLeave(
  tx: Tx,
  of: { classIds: readonly string[]; from: Date; to: Date },
): Promise<string[]> {
  const rows = await tx
    .selectFrom('sessions')
    .select('id')
    .where('class_id', 'in', [...of.classIds])
    .where('started_at', 'is not', null)
    .where('cancelled_at', 'is', null)
    .where('opens_at', '>=', of.from)
    .where('opens_at', '<', of.to)
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}
