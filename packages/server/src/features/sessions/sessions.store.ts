import type { Demands, SessionLife, SessionWindow } from '@app/domain'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

/** What a session asks, as its class's policy said when it started. */
export type SessionRules = Demands & {
  methods: ('face' | 'code')[]
  /** How long each of its codes is shown. */
  codeSeconds: number
}

export type Session = SessionLife &
  SessionRules & {
    institutionId: string
    id: string
    classId: string
    className: string
    subjectName: string
    /** When it was planned for, and by whom; null where it was started without a plan. */
    plan: { by: string; opensAt: Date; closesAt: Date } | null
    /** The meeting of the timetable that it is. */
    slot: { id: string; day: string } | null
    room: string | null
    cancelledBecause: string | null
    /** Number of its last live event. */
    seq: number
  }

export const sessionsWithNames = (tx: Tx) =>
  tx
    .selectFrom('sessions')
    .innerJoin('classes', 'classes.id', 'sessions.class_id')
    .innerJoin('subjects', 'subjects.id', 'classes.subject_id')
    .select([
      'sessions.institution_id',
      'sessions.id',
      'sessions.class_id',
      'classes.name as class_name',
      'subjects.name as subject_name',
      'sessions.opens_at',
      'sessions.late_after',
      'sessions.closes_at',
      'sessions.ended_at',
      'sessions.methods',
      'sessions.code_seconds',
      'sessions.assurance',
      'sessions.presence_proofs',
      'sessions.presence_needs',
      'sessions.started_at',
      'sessions.planned_by',
      'sessions.planned_opens_at',
      'sessions.planned_closes_at',
      'sessions.slot_id',
      'sessions.slot_date',
      'sessions.room',
      'sessions.paused_at',
      'sessions.cancelled_at',
      'sessions.cancelled_because',
      'sessions.event_seq',
    ])

type Row = Awaited<ReturnType<ReturnType<typeof sessionsWithNames>['executeTakeFirstOrThrow']>>

export const toSession = (row: Row): Session => ({
  institutionId: row.institution_id,
  id: row.id,
  classId: row.class_id,
  className: row.class_name,
  subjectName: row.subject_name,
  opensAt: row.opens_at,
  lateAfter: row.late_after,
  closesAt: row.closes_at,
  endedAt: row.ended_at,
  methods: row.methods,
  codeSeconds: row.code_seconds,
  assurance: row.assurance,
  presence: { proofs: row.presence_proofs, needs: row.presence_needs },
  startedAt: row.started_at,
  pausedAt: row.paused_at,
  cancelledAt: row.cancelled_at,
  cancelledBecause: row.cancelled_because,
  plan:
    row.planned_by === null || row.planned_opens_at === null || row.planned_closes_at === null
      ? null
      : { by: row.planned_by, opensAt: row.planned_opens_at, closesAt: row.planned_closes_at },
  slot: row.slot_id === null || row.slot_date === null ? null : { id: row.slot_id, day: row.slot_date },
  room: row.room,
  seq: Number(row.event_seq),
})

export async function findSession(tx: Tx, sessionId: string): Promise<Session | null> {
  const row = await sessionsWithNames(tx).where('sessions.id', '=', sessionId).executeTakeFirst()
  return row ? toSession(row) : null
}

/**
 * The same, held until the transaction ends: marks, ends and events of one session come one after the other.
 * Take it before anything else that refers to the session, so that nobody waits in a circle.
 */
export async function lockSession(tx: Tx, sessionId: string): Promise<Session | null> {
  const row = await sessionsWithNames(tx)
    .where('sessions.id', '=', sessionId)
    .forNoKeyUpdate('sessions')
    .executeTakeFirst()
  return row ? toSession(row) : null
}

/** The session of a class that was started and not ended yet, its time up or not. */
export async function findUnendedSessionId(tx: Tx, classId: string): Promise<string | null> {
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

export const toRulesRow = ({ methods, codeSeconds, assurance, presence }: SessionRules) => ({
  methods,
  code_seconds: codeSeconds,
  assurance,
  presence_proofs: [...presence.proofs],
  presence_needs: presence.needs,
})

/** The planned session of a class whose time is at `at`, the earlier one where two overlap. */
export async function findSessionToStart(tx: Tx, classId: string, at: Date): Promise<string | null> {
  const row = await tx
    .selectFrom('sessions')
    .select('id')
    .where('class_id', '=', classId)
    .where('started_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .where('opens_at', '<=', at)
    .where('closes_at', '>', at)
    .orderBy('opens_at')
    .orderBy('id')
    .executeTakeFirst()
  return row?.id ?? null
}

/** Of a class that is free, which the caller holds. */
export async function insertSession(
  tx: Tx,
  session: SessionWindow & SessionRules & { institutionId: string; id: string; classId: string; startedBy: string },
): Promise<void> {
  await tx
    .insertInto('sessions')
    .values({
      institution_id: session.institutionId,
      id: session.id,
      class_id: session.classId,
      opens_at: session.opensAt,
      late_after: session.lateAfter,
      closes_at: session.closesAt,
      ...toRulesRow(session),
      started_at: session.opensAt,
      started_by: session.startedBy,
    })
    .execute()
}

export type MarkCounts = { present: number; late: number; excused: number; absent: number }

/** The sessions of a class with how many have which mark, newest first. */
export async function listSessionsWithCounts(tx: Tx, classId: string): Promise<(Session & MarkCounts)[]> {
  const rows = await sessionsWithNames(tx)
    .leftJoin('records', (join) =>
      join
        .onRef('records.institution_id', '=', 'sessions.institution_id')
        .onRef('records.session_id', '=', 'sessions.id'),
    )
    .select([
      sql<string>`count(*) filter (where records.status = 'present')`.as('present'),
      sql<string>`count(*) filter (where records.status = 'late')`.as('late'),
      sql<string>`count(*) filter (where records.status = 'excused')`.as('excused'),
      sql<string>`count(*) filter (where records.status = 'absent')`.as('absent'),
    ])
    .where('sessions.class_id', '=', classId)
    .groupBy(['sessions.institution_id', 'sessions.id', 'classes.name', 'subjects.name'])
    .orderBy('sessions.opens_at', 'desc')
    .execute()
  return rows.map((row) => ({
    ...toSession(row),
    present: Number(row.present),
    late: Number(row.late),
    excused: Number(row.excused),
    absent: Number(row.absent),
  }))
}

/** The sessions, with their names, of the classes a student is in now. */
function sessionsOfStudent(tx: Tx, studentId: string) {
  return sessionsWithNames(tx)
    .innerJoin('class_students', (join) =>
      join
        .onRef('class_students.institution_id', '=', 'sessions.institution_id')
        .onRef('class_students.class_id', '=', 'sessions.class_id'),
    )
    .where('class_students.person_id', '=', studentId)
    .where('class_students.left_at', 'is', null)
}

/** Started and unended sessions of the classes a student belongs to, the oldest first; always in one order, since those due are locked in it. */
export async function listUnendedSessionsOfStudent(tx: Tx, studentId: string): Promise<Session[]> {
  const rows = await sessionsOfStudent(tx, studentId)
    .where('sessions.started_at', 'is not', null)
    .where('sessions.ended_at', 'is', null)
    .where('sessions.cancelled_at', 'is', null)
    .orderBy('sessions.opens_at')
    .orderBy('sessions.id')
    .execute()
  return rows.map(toSession)
}

type Span = { from: Date; until: Date }

/** Sessions of the classes somebody teaches that begin in the span, and those that run whenever they began; by time. */
export async function listSessionsOfTeacher(tx: Tx, teacherId: string, { from, until }: Span): Promise<Session[]> {
  const rows = await sessionsWithNames(tx)
    .innerJoin('class_teachers', (join) =>
      join
        .onRef('class_teachers.institution_id', '=', 'sessions.institution_id')
        .onRef('class_teachers.class_id', '=', 'sessions.class_id'),
    )
    .where('class_teachers.person_id', '=', teacherId)
    .where('sessions.withdrawn', '=', false)
    .where((where) =>
      where.or([
        where.and([where('sessions.opens_at', '>=', from), where('sessions.opens_at', '<', until)]),
        where.and([
          where('sessions.started_at', 'is not', null),
          where('sessions.ended_at', 'is', null),
          where('sessions.cancelled_at', 'is', null),
        ]),
      ]),
    )
    .orderBy('sessions.opens_at')
    .orderBy('sessions.id')
    .execute()
  return rows.map(toSession)
}

/** What is or was planned in the span for the classes a student belongs to and was not started; by time. */
export async function listPlannedSessionsOfStudent(
  tx: Tx,
  studentId: string,
  { from, until }: Span,
): Promise<Session[]> {
  const rows = await sessionsOfStudent(tx, studentId)
    .where('sessions.started_at', 'is', null)
    .where('sessions.withdrawn', '=', false)
    .where('sessions.opens_at', '>=', from)
    .where('sessions.opens_at', '<', until)
    .orderBy('sessions.opens_at')
    .orderBy('sessions.id')
    .execute()
  return rows.map(toSession)
}
