import { randomUUID } from 'node:crypto'
import { clockIn } from '@app/domain'
import type { DemoClassRow, DemoSubject } from './demo.store.ts'
import { makeDemoAdmin, makeDemoStudents, makeDemoTeachers } from './demo-people.ts'
import { DEMO_WEEKS, type DemoSession, makeDemoSessions, type Weekday } from './demo-sessions.ts'
import { makeDemoPlanned, makeDemoSlots } from './demo-timetable.ts'

const TERM_MS = (DEMO_WEEKS * 7 + 3) * 86_400_000

/** Everything the demo institution is made of; nothing of it is drawn anew but the ids. */
export function makeDemoPlan({ now, timeZone }: { now: Date; timeZone: string }) {
  const since = new Date(now.getTime() - TERM_MS)
  const teachers = makeDemoTeachers()
  const students = makeDemoStudents(since.getUTCFullYear())
  const ids = students.map(({ id }) => id)
  const { subjects, planned } = planClasses(teachers, ids)
  const classes: DemoClassRow[] = planned.map(({ row }) => row)
  const taught = planned.map(({ row, weekdays }) => ({
    id: row.id,
    teacherId: row.teacherIds[0] ?? teachers[0].id,
    studentIds: row.studentIds,
    weekdays,
  }))
  const sessions: DemoSession[] = taught.flatMap((each) => makeDemoSessions(each, { now, timeZone }))
  const term = { since, now, timeZone, clock: clockIn(timeZone) }
  const timetables = taught.map((each) => ({ taught: each, slots: makeDemoSlots(each, term) }))
  return {
    name: 'Demo College',
    timeZone,
    since,
    admin: makeDemoAdmin(),
    teachers,
    students,
    subjects,
    classes,
    sessions,
    slots: timetables.flatMap(({ slots }) => slots),
    plannedSessions: timetables.flatMap((of) => makeDemoPlanned(of.taught, of.slots, term)),
  }
}

type PlannedClass = { row: DemoClassRow; weekdays: Weekday[] }

/** Two subjects and three classes, whose lists overlap. */
function planClasses(
  [computing, mathematics]: ReturnType<typeof makeDemoTeachers>,
  ids: string[],
): { subjects: DemoSubject[]; planned: PlannedClass[] } {
  const databases = { id: randomUUID(), code: 'CS301', name: 'Database Systems' }
  const statistics = { id: randomUUID(), code: 'MA205', name: 'Probability and Statistics' }
  const planned = [
    planClass(databases, 'Section A', [computing.id], ids.slice(0, 16), [
      { day: 1, hour: 9 },
      { day: 4, hour: 11 },
    ]),
    planClass(databases, 'Section B', [computing.id, mathematics.id], ids.slice(12, 28), [
      { day: 2, hour: 10 },
      { day: 5, hour: 9 },
    ]),
    planClass(statistics, 'Lecture', [mathematics.id], ids, [
      { day: 1, hour: 14 },
      { day: 3, hour: 14 },
    ]),
  ]
  return { subjects: [databases, statistics], planned }
}

function planClass(
  subject: DemoSubject,
  name: string,
  teacherIds: string[],
  studentIds: string[],
  weekdays: Weekday[],
): PlannedClass {
  return { row: { id: randomUUID(), subjectId: subject.id, name, teacherIds, studentIds }, weekdays }
}
