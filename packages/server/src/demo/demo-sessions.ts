import { randomUUID } from 'node:crypto'
import { assuranceOf, type Status, windowFrom, zonedTime } from '@app/domain'

export type DemoClass = { id: string; teacherId: string; studentIds: readonly string[]; weekdays: readonly Weekday[] }
/** When a class meets, in the institution's time zone. */
export type Weekday = { day: number; hour: number }

export type DemoRecord = {
  studentId: string
  status: Status
  method: 'face' | 'code' | 'hand' | 'closing'
  assurance: 'A' | 'B' | 'C' | 'D' | null
  markedAt: Date
  markedBy: string | null
  reason: string | null
}
export type DemoSession = {
  id: string
  classId: string
  startedBy: string
  opensAt: Date
  lateAfter: Date
  closesAt: Date
  endedAt: Date
  records: DemoRecord[]
}

export const DEMO_WEEKS = 8
export const SESSION_MINUTES = 50
export const LATE_AFTER_MINUTES = 10
const DAY_MS = 86_400_000

/** The class's sessions of the last eight weeks, all of them ended before `now`. */
export function makeDemoSessions(of: DemoClass, options: { now: Date; timeZone: string }): DemoSession[] {
  const draw = createDraw(of.weekdays.reduce((seed, { day, hour }) => seed * 31 + day * 24 + hour, 7))
  const habits = new Map(of.studentIds.map((id) => [id, drawHabit(draw())]))
  const sessions: DemoSession[] = []
  for (let daysAgo = DEMO_WEEKS * 7; daysAgo > 0; daysAgo--) {
    const date = new Date(options.now.getTime() - daysAgo * DAY_MS)
    for (const { day, hour } of of.weekdays) {
      const opensAt = zonedTime(
        date.toISOString().slice(0, 10),
        `${String(hour).padStart(2, '0')}:00`,
        options.timeZone,
      )
      if (date.getUTCDay() !== day || opensAt.getTime() + SESSION_MINUTES * 60_000 >= options.now.getTime()) continue
      sessions.push(makeSession(of, opensAt, habits, draw))
    }
  }
  return sessions
}

type Draw = () => number
/** How likely one is absent, late, and without a working camera. */
type Habit = { absent: number; late: number; noCamera: number }

/** Most come nearly always; some are late by habit; a few are on their way to losing the course. */
function drawHabit(luck: number): Habit {
  if (luck < 0.55) return { absent: 0.05, late: 0.05, noCamera: 0.08 }
  if (luck < 0.75) return { absent: 0.1, late: 0.28, noCamera: 0.12 }
  if (luck < 0.9) return { absent: 0.18, late: 0.12, noCamera: 0.3 }
  return { absent: 0.42, late: 0.2, noCamera: 0.15 }
}

function makeSession(of: DemoClass, opensAt: Date, habits: ReadonlyMap<string, Habit>, draw: Draw): DemoSession {
  const { lateAfter, closesAt } = windowFrom(opensAt, SESSION_MINUTES, LATE_AFTER_MINUTES)
  const endedAt = new Date(closesAt.getTime() - Math.floor(draw() * 8) * 60_000)
  const window = { opensAt, lateAfter, endedAt }
  const records = of.studentIds.map((studentId) => {
    const habit = habits.get(studentId) ?? drawHabit(0)
    return makeRecord({ studentId, teacherId: of.teacherId, habit, window }, draw)
  })
  return {
    id: randomUUID(),
    classId: of.id,
    startedBy: of.teacherId,
    opensAt,
    lateAfter,
    closesAt,
    endedAt,
    records,
  }
}

type Attendance = {
  studentId: string
  teacherId: string
  habit: Habit
  window: { opensAt: Date; lateAfter: Date; endedAt: Date }
}

const EXCUSES = ['Doctor’s note', 'University sports day', 'Family emergency'] as const
const BY_HAND = ['Camera broken', 'Phone battery empty', 'Was in the room, forgot to check in'] as const

function makeRecord({ studentId, teacherId, habit, window }: Attendance, draw: Draw): DemoRecord {
  const luck = draw()
  const within = (from: Date, to: Date, part: number) =>
    new Date(from.getTime() + Math.floor((to.getTime() - from.getTime()) * part))
  const record = (
    status: Status,
    method: DemoRecord['method'],
    markedAt: Date,
    hand: { markedBy: string; reason: string } | null,
  ): DemoRecord => ({
    studentId,
    status,
    method,
    assurance: assuranceOf({ method, presenceProven: false }),
    markedAt,
    markedBy: hand?.markedBy ?? null,
    reason: hand?.reason ?? null,
  })
  const byHand = (reasons: readonly string[]) => ({
    markedBy: teacherId,
    reason: reasons[Math.floor(draw() * reasons.length)] ?? '',
  })
  if (luck < habit.absent * 0.15) return record('excused', 'hand', window.endedAt, byHand(EXCUSES))
  if (luck < habit.absent) return record('absent', 'closing', window.endedAt, null)
  const isLate = luck < habit.absent + habit.late
  // The first minutes are busy, and so are those just after somebody is late.
  const rush = draw() ** 2
  const markedAt = isLate
    ? within(window.lateAfter, window.endedAt, rush * 0.5)
    : within(window.opensAt, window.lateAfter, 0.05 + rush * 0.9)
  const status = isLate ? 'late' : 'present'
  if (draw() >= habit.noCamera) return record(status, 'face', markedAt, null)
  return draw() < 0.75 ? record(status, 'code', markedAt, null) : record(status, 'hand', markedAt, byHand(BY_HAND))
}

/** Numbers in [0, 1) that look drawn and are the same in every demo (mulberry32). */
function createDraw(seed: number): Draw {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
