import type { GivenConsent, Stay } from '@app/domain'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

export type Two = { keptId: string; mergedId: string }

const both = ({ keptId, mergedId }: Two) => [keptId, mergedId]

/** Makes one column, `table.column`, name the one who stays. */
export async function moveColumn(tx: Tx, name: string, { keptId, mergedId }: Two): Promise<void> {
  const [table = '', column = ''] = name.split('.')
  await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${keptId} where ${sql.ref(column)} = ${mergedId}`.execute(
    tx,
  )
}

export type StayOfTwo = Stay & { classId: string; personId: string }

/** The stays of both, held until the transaction ends. */
export async function lockStaysOfBoth(tx: Tx, two: Two): Promise<StayOfTwo[]> {
  const rows = await tx
    .selectFrom('class_students')
    .select(['class_id', 'person_id', 'joined_at', 'left_at'])
    .where('person_id', 'in', both(two))
    .orderBy('class_id')
    .orderBy('joined_at')
    .forUpdate()
    .execute()
  return rows.map((row) => ({
    classId: row.class_id,
    personId: row.person_id,
    joinedAt: row.joined_at,
    leftAt: row.left_at,
  }))
}

export async function countStays(tx: Tx, personId: string): Promise<number> {
  return countOf(tx, sql`class_students where person_id = ${personId}`)
}

export async function countGuardians(tx: Tx, personId: string): Promise<number> {
  return countOf(tx, sql`guardianships where student_id = ${personId}`)
}

async function countOf(tx: Tx, from: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${from}`.execute(tx)
  return rows[0]?.count ?? 0
}

/** Deletes the stays of who goes; the other has them already. */
export async function deleteStays(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('class_students').where('person_id', '=', personId).execute()
}

export async function findConsents(tx: Tx, two: Two): Promise<GivenConsent[]> {
  const rows = await tx
    .selectFrom('consents')
    .select(['id', 'given_at', 'withdrawn_at'])
    .where('person_id', 'in', both(two))
    .execute()
  return rows.map((row) => ({ id: row.id, givenAt: row.given_at, withdrawnAt: row.withdrawn_at }))
}

/** Ends every consent of both but the one that holds, and makes all of them the other's. */
export async function mergeConsents(
  tx: Tx,
  two: Two,
  { holds, at }: { holds: string | null; at: Date },
): Promise<void> {
  await tx
    .updateTable('consents')
    .set({ withdrawn_at: at })
    .where('person_id', 'in', both(two))
    .where('withdrawn_at', 'is', null)
    .where(sql<boolean>`id is distinct from ${holds}::uuid`)
    .execute()
  await moveColumn(tx, 'consents.person_id', two)
}

/** A guardian of both is a guardian once. */
export async function mergeGuardianships(tx: Tx, { keptId, mergedId }: Two): Promise<void> {
  await sql`
    update guardianships g set student_id = ${keptId}
    where g.student_id = ${mergedId} and not exists (select from guardianships k
      where k.institution_id = g.institution_id and k.guardian_id = g.guardian_id and k.student_id = ${keptId})`.execute(
    tx,
  )
  await tx.deleteFrom('guardianships').where('student_id', '=', mergedId).execute()
}

/** A mark has one open request: where both asked about one session, the one that goes takes theirs back. */
export async function mergeCorrections(tx: Tx, two: Two, at: Date): Promise<void> {
  await sql`
    update correction_requests c set answer = 'withdrawn', answered_at = ${at}, answered_by = ${two.keptId}
    where c.student_id = ${two.mergedId} and c.answer is null and exists (select from correction_requests k
      where k.institution_id = c.institution_id and k.session_id = c.session_id and k.student_id = ${two.keptId}
        and k.answer is null)`.execute(tx)
  await moveColumn(tx, 'correction_requests.student_id', two)
}

/** The face of an open session that was seen under the account that goes is not compared with the other's. */
export async function deleteSessionFaces(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('session_faces').where('person_id', '=', personId).execute()
}

type Twins = { firstId: string; secondId: string }

export async function findTwins(tx: Tx, personId: string): Promise<Twins[]> {
  const rows = await tx
    .selectFrom('twins')
    .select(['first_id', 'second_id'])
    .where((where) => where.or([where('first_id', '=', personId), where('second_id', '=', personId)]))
    .execute()
  return rows.map((row) => ({ firstId: row.first_id, secondId: row.second_id }))
}

/** Says the same of another pair; null where nothing is left to be said, or it has been said already. */
export async function replaceTwins(tx: Tx, before: Twins, after: Twins | null): Promise<void> {
  const isBefore = sql<boolean>`first_id = ${before.firstId} and second_id = ${before.secondId}`
  if (after !== null)
    await sql`
      insert into twins (institution_id, first_id, second_id, declared_at, declared_by)
      select institution_id, ${after.firstId}::uuid, ${after.secondId}::uuid, declared_at, declared_by
      from twins where ${isBefore} on conflict do nothing`.execute(tx)
  await tx.deleteFrom('twins').where(isBefore).execute()
}

export type Conflict = {
  id: string
  sessionId: string
  firstId: string
  secondId: string
  decision: 'both' | 'first' | 'second' | 'neither' | null
}

export async function findConflicts(tx: Tx, personId: string): Promise<Conflict[]> {
  const rows = await tx
    .selectFrom('face_conflicts')
    .select(['id', 'session_id', 'first_id', 'second_id', 'decision'])
    .where((where) => where.or([where('first_id', '=', personId), where('second_id', '=', personId)]))
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    sessionId: row.session_id,
    firstId: row.first_id,
    secondId: row.second_id,
    decision: row.decision,
  }))
}

/** One face, two accounts of one student: there is nothing to decide, and a mark that waited for it waits no longer. */
export async function dropConflict(tx: Tx, conflictId: string): Promise<void> {
  await tx.deleteFrom('face_conflicts').where('id', '=', conflictId).execute()
}

export async function isKnownConflict(tx: Tx, conflict: Omit<Conflict, 'id' | 'decision'>): Promise<boolean> {
  const row = await tx
    .selectFrom('face_conflicts')
    .select('id')
    .where('session_id', '=', conflict.sessionId)
    .where('first_id', '=', conflict.firstId)
    .where('second_id', '=', conflict.secondId)
    .executeTakeFirst()
  return row !== undefined
}

export async function setConflict(tx: Tx, conflict: Conflict): Promise<void> {
  await tx
    .updateTable('face_conflicts')
    .set({ first_id: conflict.firstId, second_id: conflict.secondId, decision: conflict.decision })
    .where('id', '=', conflict.id)
    .execute()
}

/** Whether an undecided conflict of the session still names the student. */
export async function hasOpenConflict(tx: Tx, sessionId: string, personId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('face_conflicts')
    .select('id')
    .where('session_id', '=', sessionId)
    .where('decided_at', 'is', null)
    .where((where) => where.or([where('first_id', '=', personId), where('second_id', '=', personId)]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export async function setUnheld(
  tx: Tx,
  { sessionId, studentId }: { sessionId: string; studentId: string },
): Promise<void> {
  await tx
    .updateTable('records')
    .set({ held_at: null, version: sql<string>`nextval('record_versions')` })
    .where('session_id', '=', sessionId)
    .where('student_id', '=', studentId)
    .where('held_at', 'is not', null)
    .execute()
}
