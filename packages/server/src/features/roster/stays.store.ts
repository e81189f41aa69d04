import type { Stay } from '@app/domain'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

/** One change of many stays at a time in an institution (an import, a move), until the transaction ends: what it has looked up stays true. */
export async function lockClassLists(tx: Tx, institutionId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('import:' || ${institutionId}::text, 0))`.execute(tx)
}

/** The stays of a student in one class, held until the transaction ends, in the order of time. */
export async function lockStays(tx: Tx, classId: string, personId: string): Promise<Stay[]> {
  const rows = await tx
    .selectFrom('class_students')
    .select(['joined_at', 'left_at'])
    .where('class_id', '=', classId)
    .where('person_id', '=', personId)
    .orderBy('joined_at')
    .forNoKeyUpdate()
    .execute()
  return rows.map((row) => ({ joinedAt: row.joined_at, leftAt: row.left_at }))
}

/** Makes these the stays of a student in one class. A stay that only ends otherwise keeps its row. */
export async function putStays(
  tx: Tx,
  { institutionId, classId, personId }: { institutionId: string; classId: string; personId: string },
  stays: readonly Stay[],
): Promise<void> {
  await tx
    .deleteFrom('class_students')
    .where('class_id', '=', classId)
    .where('person_id', '=', personId)
    .where((where) =>
      stays.length === 0
        ? where.lit(true)
        : where(
            'joined_at',
            'not in',
            stays.map(({ joinedAt }) => joinedAt),
          ),
    )
    .execute()
  if (stays.length === 0) return
  await tx
    .insertInto('class_students')
    .values(
      stays.map(({ joinedAt, leftAt }) => ({
        institution_id: institutionId,
        class_id: classId,
        person_id: personId,
        joined_at: joinedAt,
        left_at: leftAt,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['institution_id', 'class_id', 'person_id', 'joined_at'])
        .doUpdateSet((row) => ({ left_at: row.ref('excluded.left_at') })),
    )
    .execute()
}

export type AttendedClass = { classId: string; className: string; subjectName: string }
export type NamedStay = Stay & AttendedClass

const staysOf = (tx: Tx, personId: string) =>
  tx
    .selectFrom('class_students')
    .innerJoin('classes', (join) =>
      join
        .onRef('classes.institution_id', '=', 'class_students.institution_id')
        .onRef('classes.id', '=', 'class_students.class_id'),
    )
    .innerJoin('subjects', (join) =>
      join
        .onRef('subjects.institution_id', '=', 'classes.institution_id')
        .onRef('subjects.id', '=', 'classes.subject_id'),
    )
    .select([
      'classes.id as classId',
      'classes.name as className',
      'subjects.name as subjectName',
      'class_students.joined_at as joinedAt',
      'class_students.left_at as leftAt',
    ])
    .where('class_students.person_id', '=', personId)

/** Where a student is, then where they were, the latest first; only in the classes of a teacher where one is named. */
export async function findStays(
  tx: Tx,
  { personId, taughtBy }: { personId: string; taughtBy: string | null },
): Promise<NamedStay[]> {
  let stays = staysOf(tx, personId)
  if (taughtBy !== null)
    stays = stays.where('classes.id', 'in', (taught) =>
      taught.selectFrom('class_teachers').select('class_id').where('person_id', '=', taughtBy),
    )
  return stays
    .orderBy('class_students.left_at', (order) => order.desc().nullsFirst())
    .orderBy('class_students.joined_at', 'desc')
    .orderBy('classes.id')
    .execute()
}

/** The classes a student belongs to now, by subject and name; archived ones are over. */
export async function listAttendedClasses(tx: Tx, studentId: string): Promise<AttendedClass[]> {
  const rows = await staysOf(tx, studentId)
    .where('class_students.left_at', 'is', null)
    .where('classes.archived_at', 'is', null)
    .orderBy('subjects.name')
    .orderBy('classes.name')
    .execute()
  return rows.map(({ classId, className, subjectName }) => ({ classId, className, subjectName }))
}

export async function isStudent(tx: Tx, personId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('person_roles')
    .select('role')
    .where('person_id', '=', personId)
    .where('role', '=', 'student')
    .executeTakeFirst()
  return row !== undefined
}

/** The ended sessions of a class that ended after `since`. */
export async function findEndedSessionsSince(
  tx: Tx,
  classId: string,
  since: Date,
): Promise<{ opensAt: Date; endedAt: Date }[]> {
  const rows = await tx
    .selectFrom('sessions')
    .select(['opens_at', 'ended_at'])
    .where('class_id', '=', classId)
    .where('ended_at', '>', since)
    .$narrowType<{ ended_at: Date }>()
    .execute()
  return rows.map((row) => ({ opensAt: row.opens_at, endedAt: row.ended_at }))
}
