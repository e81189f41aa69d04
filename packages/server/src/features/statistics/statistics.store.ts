import type { Action, Crowd, FaceRefusal } from '@app/domain'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

/** Which attempts count: since when, and of which class or of whose classes; null for all, enrolments included. */
export type Counted = { since: Date; classId: string | null; taughtBy: string | null }

export type DeviceKind = 'phone' | 'tablet' | 'computer' | 'unknown'
export type LightKind = 'dim' | 'normal' | 'bright' | 'unknown'

export type AttemptCount = {
  device: DeviceKind
  light: LightKind
  outcome: 'accepted' | 'held' | 'refused'
  because: FaceRefusal['because'] | null
  action: Action | null
  count: number
}

function attempts(tx: Tx, { since, classId, taughtBy }: Counted) {
  let counted = tx.selectFrom('attempts').where('at', '>=', since)
  if (classId !== null)
    counted = counted.where('session_id', 'in', (sessions) =>
      sessions.selectFrom('sessions').select('sessions.id').where('class_id', '=', classId),
    )
  if (taughtBy !== null)
    counted = counted.where('session_id', 'in', (sessions) =>
      sessions
        .selectFrom('sessions')
        .innerJoin('class_teachers', 'class_teachers.class_id', 'sessions.class_id')
        .select('sessions.id')
        .where('class_teachers.person_id', '=', taughtBy),
    )
  return counted
}

/** How many attempts of each kind there were: a few dozen rows, whatever they count. */
export async function countAttempts(tx: Tx, counted: Counted): Promise<AttemptCount[]> {
  const rows = await attempts(tx, counted)
    .select((select) => [
      'device_kind',
      'light',
      'outcome',
      'because',
      'action',
      select.fn.countAll<string>().as('count'),
    ])
    .groupBy(['device_kind', 'light', 'outcome', 'because', 'action'])
    .execute()
  return rows.map(({ device_kind, count, ...row }) => ({ ...row, device: device_kind, count: Number(count) }))
}

/** How many students each value of a column stands for, and who `named` of them are. */
export async function listCrowds(
  tx: Tx,
  counted: Counted,
  { column, named }: { column: 'device_kind' | 'light'; named: number },
): Promise<Crowd<DeviceKind | LightKind>[]> {
  const people = attempts(tx, counted)
    .select(['person_id', `${column} as name`])
    .distinct()
  const rows = await tx
    .selectFrom(people.as('people'))
    .select((select) => [
      'people.name',
      select.fn.countAll<string>().as('students'),
      sql<string[]>`(array_agg(people.person_id))[1:${sql.lit(named)}]`.as('some'),
    ])
    .groupBy('people.name')
    .execute()
  return rows.map(({ name, students, some }) => ({ group: name, students: Number(students), someStudents: some }))
}
