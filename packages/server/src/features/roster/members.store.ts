import type { Tx } from '../../platform/db/open.ts'

export type Member = { personId: string; rollNo: string | null; fullName: string }

type Window = { from: Date; to: Date }

const staysOf = (tx: Tx, classId: string, window: Window) =>
  tx
    .selectFrom('class_students')
    .innerJoin('people', (join) =>
      join
        .onRef('people.institution_id', '=', 'class_students.institution_id')
        .onRef('people.id', '=', 'class_students.person_id'),
    )
    .select(['people.id', 'people.roll_no', 'people.full_name'])
    .where('class_students.class_id', '=', classId)
    .where('class_students.joined_at', '<', window.to)
    .where((where) =>
      where.or([where('class_students.left_at', 'is', null), where('class_students.left_at', '>', window.from)]),
    )

/** Every student who was in the class at some time in (`from`, `to`), once, in no order. */
export async function findMembers(tx: Tx, classId: string, window: Window): Promise<Member[]> {
  const rows = await staysOf(tx, classId, window).distinct().execute()
  return rows.map((row) => ({ personId: row.id, rollNo: row.roll_no, fullName: row.full_name }))
}

/**
 * The same of one student; null when they were not. Nobody takes the stay away until the transaction ends, so a mark
 * that is made on the strength of it is there before the student is merged into another, or not made.
 */
export async function findMember(tx: Tx, classId: string, window: Window, personId: string): Promise<Member | null> {
  const row = await staysOf(tx, classId, window)
    .where('people.id', '=', personId)
    .forKeyShare('class_students')
    .executeTakeFirst()
  return row ? { personId: row.id, rollNo: row.roll_no, fullName: row.full_name } : null
}

/** The class's session that was started and not ended; null when there is none. */
export async function findUnendedSessionOfClass(tx: Tx, classId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('sessions')
    .select('id')
    .where('class_id', '=', classId)
    .where('started_at', 'is not', null)
    .where('ended_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .executeTakeFirst()
  return row?.id ?? null
}

/** The sessions of these classes that were started and not ended; always in one order, since they are locked in it. */
export async function findUnendedSessionsOf(tx: Tx, classIds: readonly string[]): Promise<string[]> {
  const rows = await tx
    .selectFrom('sessions')
    .select('id')
    .where('class_id', 'in', [...classIds])
    .where('started_at', 'is not', null)
    .where('ended_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .orderBy('opens_at')
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}
