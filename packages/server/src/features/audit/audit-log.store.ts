import { sql } from 'kysely'
import { z } from 'zod'
import type { Tx } from '../../platform/db/open.ts'

type Person = { personId: string; fullName: string; rollNo: string | null }
type Value = Record<string, unknown> | null

/** An audit row as people read it. */
export type ReadableRow = {
  id: string
  at: Date
  actor: Person | null
  action: string
  subject: Person | null
  session: { id: string; className: string; opensAt: Date } | null
  oldValue: Value
  newValue: Value
  reason: string | null
  link: { seq: number; hash: string } | null
}

/** Null leaves a part out of the choice. */
export type AuditChoice = {
  /** Ids of the people who did it, and of those it was done to. */
  actorIds: readonly string[] | null
  subjectIds: readonly string[] | null
  action: string | null
  sessionId: string | null
  /** Days of the institution, both included. */
  from: string | null
  to: string | null
  before: string | null
}

const Values = z.record(z.string(), z.unknown()).nullable()

const readableRows = (tx: Tx) =>
  tx
    .selectFrom('audit_log')
    .leftJoin('audit_chain', (join) =>
      join
        .onRef('audit_chain.institution_id', '=', 'audit_log.institution_id')
        .onRef('audit_chain.audit_id', '=', 'audit_log.id'),
    )
    .leftJoin('people as actor', (join) =>
      join.onRef('actor.institution_id', '=', 'audit_log.institution_id').onRef('actor.id', '=', 'audit_log.actor_id'),
    )
    .leftJoin('people as subject', (join) =>
      join
        .onRef('subject.institution_id', '=', 'audit_log.institution_id')
        .onRef('subject.id', '=', 'audit_log.subject_id'),
    )
    .leftJoin('sessions', (join) =>
      join
        .onRef('sessions.institution_id', '=', 'audit_log.institution_id')
        .onRef('sessions.id', '=', 'audit_log.session_id'),
    )
    .leftJoin('classes', (join) =>
      join
        .onRef('classes.institution_id', '=', 'sessions.institution_id')
        .onRef('classes.id', '=', 'sessions.class_id'),
    )
    .select([
      'audit_log.id',
      'audit_log.at',
      'audit_log.action',
      'audit_log.old_value as oldValue',
      'audit_log.new_value as newValue',
      'audit_log.reason',
      'audit_chain.seq',
      'audit_chain.hash',
      'actor.id as actorId',
      'actor.full_name as actorName',
      'actor.roll_no as actorRollNo',
      'subject.id as subjectId',
      'subject.full_name as subjectName',
      'subject.roll_no as subjectRollNo',
      'sessions.id as sessionId',
      'sessions.opens_at as opensAt',
      'classes.name as className',
    ])

type Row = Awaited<ReturnType<ReturnType<typeof readableRows>['executeTakeFirstOrThrow']>>

function toReadable(row: Row): ReadableRow {
  const { id, at, action, reason, seq, hash, sessionId, className, opensAt } = row
  return {
    id,
    at,
    action,
    reason,
    actor: toPerson(row.actorId, row.actorName, row.actorRollNo),
    subject: toPerson(row.subjectId, row.subjectName, row.subjectRollNo),
    session:
      sessionId === null || className === null || opensAt === null ? null : { id: sessionId, className, opensAt },
    oldValue: Values.parse(row.oldValue),
    newValue: Values.parse(row.newValue),
    link: seq === null || hash === null ? null : { seq: Number(seq), hash: hash.toString('hex') },
  }
}

const toPerson = (personId: string | null, fullName: string | null, rollNo: string | null): Person | null =>
  personId === null || fullName === null ? null : { personId, fullName, rollNo }

/** The chosen rows, newest first. */
export async function listAuditRows(tx: Tx, choice: AuditChoice, limit: number): Promise<ReadableRow[]> {
  const { actorIds, subjectIds, action, sessionId, from, to, before } = choice
  let rows = readableRows(tx)
  if (actorIds !== null) rows = rows.where('audit_log.actor_id', '=', sql<string>`any (${[...actorIds]}::uuid[])`)
  if (subjectIds !== null) rows = rows.where('audit_log.subject_id', '=', sql<string>`any (${[...subjectIds]}::uuid[])`)
  if (action !== null) rows = rows.where('audit_log.action', '=', action)
  if (sessionId !== null) rows = rows.where('audit_log.session_id', '=', sessionId)
  if (from !== null) rows = rows.where('audit_log.at', '>=', startOfDay(from, 0))
  if (to !== null) rows = rows.where('audit_log.at', '<', startOfDay(to, 1))
  if (before !== null) rows = rows.where('audit_log.id', '<', before)
  return (await rows.orderBy('audit_log.id', 'desc').limit(limit).execute()).map(toReadable)
}

/** In the time zone of the institution. */
const startOfDay = (day: string, daysLater: number) => sql<Date>`
  (${day}::date + ${daysLater}::int)::timestamp
    at time zone (select time_zone from institutions where id = current_institution())`

/** People whose name has `text` in it, or whose roll number it is; at most `limit`. */
export async function findPeopleIds(tx: Tx, text: string, limit: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('people')
    .select('id')
    .where((is) =>
      is.or([
        is(sql`strpos(lower(full_name), lower(${text}))`, '>', 0),
        is(sql`lower(roll_no)`, '=', sql`lower(${text})`),
      ]),
    )
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}
