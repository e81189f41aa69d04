import type { Neighbour, Plan, SlotSession } from '@app/domain'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'
import { type Session, sessionsWithNames, toSession } from './sessions.store.ts'

/** One after the other for each class: taken first of all, so that what is planned is not planned twice. */
export async function holdPlan(tx: Tx, classId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`plan of ${classId}`}, 0))`.execute(tx)
}

/** Not started yet: of these days of the timetable, or of one weekly time from a day on. */
export type PlannedOf = { classId: string } & (
  | { kind: 'days'; from: string; until: string }
  | { kind: 'following'; slotId: string; from: string }
)

/** The planned sessions, held until the transaction ends, in the one order in which many are. */
export async function lockPlanned(tx: Tx, of: PlannedOf): Promise<Session[]> {
  let planned = sessionsWithNames(tx)
    .where('sessions.class_id', '=', of.classId)
    .where('sessions.started_at', 'is', null)
    .where('sessions.cancelled_at', 'is', null)
    .where('sessions.slot_date', '>=', of.from)
  if (of.kind === 'days') planned = planned.where('sessions.slot_date', '<=', of.until)
  else planned = planned.where('sessions.slot_id', '=', of.slotId)
  const rows = await planned.orderBy('sessions.opens_at').orderBy('sessions.id').forNoKeyUpdate('sessions').execute()
  return rows.map(toSession)
}

/** Every session that was made from these days of the timetable; `fixed` is what no longer follows it, or is over. */
export async function listSlotSessions(
  tx: Tx,
  { classId, from, until, at }: { classId: string; from: string; until: string; at: Date },
): Promise<SlotSession[]> {
  const rows = await tx
    .selectFrom('sessions')
    .select(['id', 'slot_id', 'slot_date', 'opens_at', 'closes_at', 'room', 'withdrawn'])
    .select((select) =>
      select
        .and([
          select('started_at', 'is', null),
          select('cancelled_at', 'is', null),
          select('replanned_at', 'is', null),
          select('closes_at', '>', at),
        ])
        .as('follows'),
    )
    .where('class_id', '=', classId)
    .where('slot_date', '>=', from)
    .where('slot_date', '<=', until)
    // Of one that was cancelled and planned anew, the one that counts comes last.
    .orderBy(sql`cancelled_at is null`)
    .execute()
  return rows.flatMap(({ slot_id, slot_date, ...row }) =>
    slot_id === null || slot_date === null
      ? []
      : [
          {
            id: row.id,
            slotId: slot_id,
            slotDay: slot_date,
            opensAt: row.opens_at,
            closesAt: row.closes_at,
            room: row.room,
            standing: row.withdrawn ? 'withdrawn' : row.follows ? 'planned' : 'fixed',
          },
        ],
  )
}

/**
 * Sessions that are planned or run between two points of time: of the class itself, of one that shares a teacher with
 * it, or in one of these rooms.
 */
export async function listNeighbours(
  tx: Tx,
  { classId, rooms, from, until }: { classId: string; rooms: readonly string[]; from: Date; until: Date },
): Promise<Neighbour[]> {
  const { rows } = await sql<{
    id: string
    class_id: string
    class_name: string
    opens_at: Date
    closes_at: Date
    room: string | null
    shares_teacher: boolean
  }>`
    select s.id, s.class_id, c.name as class_name, s.opens_at, s.closes_at, s.room,
      exists (select from class_teachers ours join class_teachers theirs
        on theirs.institution_id = ours.institution_id and theirs.person_id = ours.person_id
        where ours.class_id = ${classId} and theirs.class_id = s.class_id and s.class_id <> ${classId}) as shares_teacher
    from sessions s join classes c on c.institution_id = s.institution_id and c.id = s.class_id
    where s.cancelled_at is null and s.ended_at is null and s.opens_at < ${until} and s.closes_at > ${from}
      and (s.class_id = ${classId}
        or s.class_id in (select theirs.class_id from class_teachers ours join class_teachers theirs
          on theirs.institution_id = ours.institution_id and theirs.person_id = ours.person_id
          where ours.class_id = ${classId})
        or lower(regexp_replace(s.room, '\\s', '', 'g')) = any (${[...rooms]}))
    order by s.opens_at, s.id`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    className: row.class_name,
    opensAt: row.opens_at,
    closesAt: row.closes_at,
    room: row.room,
    isOwnClass: row.class_id === classId,
    sharesTeacher: row.shares_teacher,
  }))
}

export type NewPlan = Plan & {
  id: string
  lateAfter: Date
  slot: { id: string; day: string } | null
}

export async function insertPlanned(
  tx: Tx,
  of: { institutionId: string; classId: string; methods: ('face' | 'code')[]; plannedBy: string },
  plans: readonly NewPlan[],
): Promise<void> {
  const batch = 500
  for (let from = 0; from < plans.length; from += batch)
    await tx
      .insertInto('sessions')
      .values(
        plans.slice(from, from + batch).map((plan) => ({
          institution_id: of.institutionId,
          id: plan.id,
          class_id: of.classId,
          methods: of.methods,
          planned_by: of.plannedBy,
          slot_id: plan.slot?.id ?? null,
          slot_date: plan.slot?.day ?? null,
          ...timesOf(plan),
        })),
      )
      .execute()
}

const timesOf = ({ opensAt, lateAfter, closesAt, room }: Plan & { lateAfter: Date }) => ({
  opens_at: opensAt,
  late_after: lateAfter,
  closes_at: closesAt,
  planned_opens_at: opensAt,
  planned_closes_at: closesAt,
  room,
})

/** `byHandAt` when somebody moved this one: the timetable lets it be from then on. A withdrawn one is planned again. */
export async function setPlan(
  tx: Tx,
  sessionId: string,
  plan: Plan & { lateAfter: Date; byHandAt: Date | null },
): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({
      ...timesOf(plan),
      ...(plan.byHandAt === null ? {} : { replanned_at: plan.byHandAt }),
      cancelled_at: null,
      cancelled_by: null,
      cancelled_because: null,
      withdrawn: false,
    })
    .where('id', '=', sessionId)
    .where('started_at', 'is', null)
    .execute()
}
