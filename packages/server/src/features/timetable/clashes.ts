import type { ClashView } from '@app/contract'
import { addDays, type DayRange, dayAt, findClashes, meetingsOf, roomKey, type TaughtMeeting } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'
import { getInstitution } from '../institutions/index.ts'
import { readTimetables } from './meetings.ts'
import { findClassNames, findRivalClasses } from './slots.store.ts'

/** Further ahead nobody plans, and what has been cannot be helped. */
const DAYS_AHEAD = 366

/** `slotDay` null for all meetings of the weekly time. */
type OfSlot = { classId: string; slotId: string; slotDay: string | null; at: Date }

/** With what the meetings of one weekly time, or one of them, are at once in a room or with a teacher, from today on. */
export async function listClashes(tx: Tx, { classId, slotId, slotDay, at }: OfSlot): Promise<ClashView[]> {
  const { timeZone } = await getInstitution(tx)
  const today = dayAt(at, timeZone)
  const range = { from: today, to: addDays(today, DAYS_AHEAD) }
  const ours = (await listTaught(tx, [classId], range)).filter(
    (meeting) => meeting.slotId === slotId && (slotDay === null || meeting.slotDay === slotDay),
  )
  const rooms = [...new Set(ours.flatMap(({ room }) => (room === null ? [] : roomKey(room))))]
  const rivals = await findRivalClasses(tx, { classId, rooms })
  const clashes = findClashes(ours, await listTaught(tx, rivals, range))
  const names = await findClassNames(tx, [...new Set(clashes.map((clash) => clash.classId))])
  return clashes.flatMap(({ because, what, classId: otherId, firstDay, startsAt, times }) => {
    const other = names.get(otherId)
    if (!other) return []
    const { className, subjectCode, teachers } = other
    const name = because === 'room' ? what : (teachers.find(({ personId }) => personId === what)?.fullName ?? '')
    return [{ because, name, className, subjectCode, firstDay, startsAt, times }]
  })
}

async function listTaught(tx: Tx, classIds: readonly string[], range: DayRange): Promise<TaughtMeeting[]> {
  const timetables = await readTimetables(tx, classIds)
  const names = await findClassNames(tx, classIds)
  return [...timetables].flatMap(([classId, timetable]) => {
    const teacherIds = names.get(classId)?.teachers.map(({ personId }) => personId) ?? []
    return meetingsOf(timetable, range).map((meeting) => ({ ...meeting, classId, teacherIds }))
  })
}
