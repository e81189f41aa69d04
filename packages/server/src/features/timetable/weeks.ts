import type {
  getClassTimetable as classRoute,
  ReplyOf,
  getTeacherTimetable as teacherRoute,
  WeekView,
} from '@app/contract'
import { addDays, dayAt, isWithin, occurrencesOf, weekOf } from '@app/domain'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { getInstitution } from '../institutions/index.ts'
import { requireManagesClass } from '../roster/index.ts'
import { inZone, readTimetables } from './meetings.ts'
import { findClassNames, findEnteredSlots, findTaughtClasses } from './slots.store.ts'
import { toSlotView } from './slots.ts'
import { findHolidays, findTermOfClass } from './timetable.store.ts'

type Deps = { db: Database; now: () => Date }

/** The weekly times of a class and the week that holds a day. */
export async function getClassTimetable(
  { db, now }: Deps,
  { actor, classId, week }: { actor: Actor; classId: string; week: string | null },
): Promise<ReplyOf<typeof classRoute>> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    await requireManagesClass(tx, actor, classId)
    return {
      week: await readWeek(tx, { classIds: [classId], week, at: now() }),
      slots: (await findEnteredSlots(tx, classId)).map(toSlotView),
      term: await findTermOfClass(tx, classId),
    }
  })
}

/** One week of everything that somebody teaches: their own, or anybody's for an admin. @throws Failure `not-found` */
export async function getTeacherTimetable(
  { db, now }: Deps,
  { actor, personId, week }: { actor: Actor; personId: string; week: string | null },
): Promise<ReplyOf<typeof teacherRoute>> {
  if (personId !== actor.personId) requireRole(actor, 'admin')
  return db.inInstitution(actor.institutionId, async (tx) => {
    const taught = await findTaughtClasses(tx, personId)
    if (!taught) throw new Failure('not-found')
    const { fullName, classIds } = taught
    return { fullName, week: await readWeek(tx, { classIds, week, at: now() }) }
  })
}

async function readWeek(
  tx: Tx,
  { classIds, week, at }: { classIds: readonly string[]; week: string | null; at: Date },
): Promise<WeekView> {
  const { timeZone, weekStart } = await getInstitution(tx)
  const today = dayAt(at, timeZone)
  const days = daysOfWeek(week ?? today, weekStart)
  const range = { from: days[0] ?? today, to: days.at(-1) ?? today }
  const names = await findClassNames(tx, classIds)
  const meetings = [...(await readTimetables(tx, classIds))].flatMap(([classId, timetable]) => {
    const { className = '', subjectCode = '' } = names.get(classId) ?? {}
    return occurrencesOf(timetable, range).map((occurrence) => {
      const { beginsAt, endsAt, ...meeting } = inZone(occurrence, timeZone)
      return {
        ...meeting,
        classId,
        className,
        subjectCode,
        beginsAt: beginsAt.toISOString(),
        endsAt: endsAt.toISOString(),
      }
    })
  })
  const holidays = (await findHolidays(tx)).filter(({ startsOn, endsOn }) =>
    days.some((day) => isWithin(day, { from: startsOn, to: endsOn })),
  )
  return { days, today, meetings: meetings.sort(byTime), holidays }
}

/** The seven days that hold `day`, from the first day of the week on. */
function daysOfWeek(day: string, weekStart: number): string[] {
  const first = weekOf(day, weekStart)
  return Array.from({ length: 7 }, (_, i) => addDays(first, i))
}

const byTime = (a: { beginsAt: string; className: string }, b: { beginsAt: string; className: string }) =>
  a.beginsAt.localeCompare(b.beginsAt) || a.className.localeCompare(b.className)
