import { roomKey } from './clashes.ts'
import type { Occurrence } from './timetable.ts'
import type { Day } from './zoned-time.ts'

/** When and where a session is planned. */
export type Plan = { opensAt: Date; closesAt: Date; room: string | null }

/** A meeting of the timetable, held or not, with the instants of its times. */
export type PlannedMeeting = Pick<Occurrence, 'slotId' | 'slotDay' | 'state' | 'because'> & Plan

/**
 * A session that was made from a meeting. `planned` ones follow the timetable; `withdrawn` ones it took away before and
 * may bring back; the others (started, cancelled by somebody, moved by somebody, over) stay as they are.
 */
export type SlotSession = Plan & {
  id: string
  slotId: string
  slotDay: Day
  standing: 'planned' | 'withdrawn' | 'fixed'
}

/** What else is in somebody's way at that time. */
export type Neighbour = Plan & {
  id: string
  className: string
  /** The class that is planned itself: then it is no warning but in the way. */
  isOwnClass: boolean
  sharesTeacher: boolean
}

export type PlanOutcome = 'new' | 'same' | 'changed' | 'gone' | 'kept' | 'not-held' | 'past' | 'overlaps'

export type PlanClash = { because: 'room' | 'teacher' | 'class'; className: string; opensAt: Date }

/** What becomes of one meeting. `was` is the session that is there, `plan` what it should be. */
export type PlanRow = {
  slotId: string
  slotDay: Day
  outcome: PlanOutcome
  sessionId: string | null
  was: Plan | null
  plan: Plan
  because: string | null
  clashes: PlanClash[]
}

/**
 * What a class's planned sessions become by its timetable: one row for each meeting of the asked days and for each
 * session that no meeting stands for any more, in the order of time. Made twice, the second time changes nothing.
 * @param neighbours other sessions of the same time, of this class or of another one
 */
export function planMeetings(
  meetings: readonly PlannedMeeting[],
  { sessions, neighbours, at }: { sessions: readonly SlotSession[]; neighbours: readonly Neighbour[]; at: Date },
): PlanRow[] {
  const bySlotDay = new Map(sessions.map((session) => [keyOf(session), session]))
  const held = new Map<string, PlannedMeeting>()
  for (const meeting of meetings) {
    const known = held.get(keyOf(meeting))
    // A moved meeting is on two days of a calendar: where it is held is what counts.
    if (known === undefined || isHeld(meeting)) held.set(keyOf(meeting), meeting)
  }
  const gone = sessions.filter((session) => session.standing === 'planned' && !held.has(keyOf(session)))
  const rows = [
    ...[...held.values()].map((meeting) => rowOf(meeting, bySlotDay.get(keyOf(meeting)), at)),
    ...gone.map((session) => toRow('gone', session, session)),
  ].sort((a, b) => a.plan.opensAt.getTime() - b.plan.opensAt.getTime())
  return refuseOverlaps(rows, neighbours)
}

const keyOf = ({ slotId, slotDay }: { slotId: string; slotDay: Day }) => `${slotId} ${slotDay}`
const isHeld = ({ state }: PlannedMeeting) => state === 'on' || state === 'moved'

function rowOf(meeting: PlannedMeeting, session: SlotSession | undefined, at: Date): PlanRow {
  if (session?.standing === 'fixed') return toRow('kept', { ...meeting, ...planOf(session) }, session)
  if (!isHeld(meeting)) return toRow(session?.standing === 'planned' ? 'gone' : 'not-held', meeting, session)
  if (session?.standing === 'planned' && isSamePlan(meeting, session)) return toRow('same', meeting, session)
  if (meeting.opensAt <= at) return toRow('past', meeting, session)
  return toRow(session?.standing === 'planned' ? 'changed' : 'new', meeting, session)
}

function toRow(
  outcome: PlanOutcome,
  { slotId, slotDay, because = null, ...plan }: Plan & { slotId: string; slotDay: Day; because?: string | null },
  session: SlotSession | undefined,
): PlanRow {
  const was = session === undefined || session.standing === 'withdrawn' ? null : planOf(session)
  return { slotId, slotDay, outcome, sessionId: session?.id ?? null, was, plan: planOf(plan), because, clashes: [] }
}

const planOf = ({ opensAt, closesAt, room }: Plan): Plan => ({ opensAt, closesAt, room })

export const isSamePlan = (a: Plan, b: Plan): boolean =>
  a.opensAt.getTime() === b.opensAt.getTime() && a.closesAt.getTime() === b.closesAt.getTime() && a.room === b.room

/** A class is in one session at a time: of two that overlap, the one that is there stays, and of new ones the earlier. */
function refuseOverlaps(rows: readonly PlanRow[], neighbours: readonly Neighbour[]): PlanRow[] {
  const own: Neighbour[] = []
  return rows.map((row) => {
    if (row.outcome !== 'new' && row.outcome !== 'changed') return row
    const others = [...neighbours, ...own].filter(({ id }) => id !== row.sessionId)
    const clashes = clashesOf(row.plan, others)
    if (clashes.some(({ because }) => because === 'class')) return { ...row, outcome: 'overlaps' as const, clashes }
    own.push({ ...row.plan, id: keyOf(row), className: '', isOwnClass: true, sharesTeacher: true })
    return { ...row, clashes }
  })
}

/** Who else wants the room or a teacher at that time, or is the class itself. What ends as the other begins is not in its way. */
export function clashesOf(plan: Plan, neighbours: readonly Neighbour[]): PlanClash[] {
  return neighbours.flatMap(({ className, opensAt, ...other }): PlanClash[] => {
    if (plan.opensAt >= other.closesAt || opensAt >= plan.closesAt) return []
    if (other.isOwnClass) return [{ because: 'class', className, opensAt }]
    const isSameRoom = plan.room !== null && other.room !== null && roomKey(plan.room) === roomKey(other.room)
    return [
      ...(isSameRoom ? [{ because: 'room' as const, className, opensAt }] : []),
      ...(other.sharesTeacher ? [{ because: 'teacher' as const, className, opensAt }] : []),
    ]
  })
}
