import { assuranceWords, compareRollNos, countsFor } from '@app/domain'
import type { EndedSession, ReportStudent } from './class-report.store.ts'
import type { ToldGuest, ToldMark } from './marks-file.store.ts'

/** A session whose marks are told; while it runs `endedAt` is when it closes. */
export type ToldSession = EndedSession & { isRunning: boolean }

/** One line of a list of marks, in the words that files have, which are English. */
export type MarkRow = {
  session: ToldSession
  rollNo: string
  fullName: string
  status: string
  how: string
  assurance: string
  markedAt: Date | null
  markedBy: string | null
  reason: string | null
  note: string | null
}

export type ToldMarks = {
  sessions: readonly ToldSession[]
  /** Whoever belongs to the class or did, with all their stays. */
  students: readonly ReportStudent[]
  marks: ReadonlyMap<string, ReadonlyMap<string, ToldMark>>
  /** Of those who marked by hand. */
  names: ReadonlyMap<string, string>
  guests: readonly ToldGuest[]
}

const STATUS = { present: 'Present', late: 'Late', excused: 'Excused', absent: 'Absent' } as const
const METHOD = { face: 'By face', code: 'By code', hand: 'By hand', closing: 'When the session ended' } as const

/** Each session as its board shows it: the students it counts for, by roll number, then its guests. */
export function listMarkRows({ sessions, students, marks, names, guests }: ToldMarks): MarkRow[] {
  const named = (mark: ToldMark | undefined) => mark && { ...mark, markedBy: names.get(mark.markedBy ?? '') ?? null }
  const inOrder = students.toSorted(
    (a, b) => compareRollNos(a.rollNo ?? '', b.rollNo ?? '') || compareRollNos(a.fullName, b.fullName),
  )
  return sessions.flatMap((session) => {
    const made = marks.get(session.id)
    const listed = inOrder.filter(({ stays }) => stays.some((stay) => countsFor(stay, session)))
    const ids = new Set(listed.map(({ personId }) => personId))
    // A guest who turned out to be on the list has a line there.
    const others = guests.filter((guest) => guest.sessionId === session.id && !ids.has(guest.matched?.personId ?? ''))
    return [
      ...listed.map((student) => toRow(session, student, named(made?.get(student.personId)))),
      ...others.map((guest) => toGuestRow(session, guest, named(made?.get(guest.matched?.personId ?? '')))),
    ]
  })
}

type Named = { rollNo: string | null; fullName: string }

function toRow(session: ToldSession, { rollNo, fullName }: Named, mark: ToldMark | undefined): MarkRow {
  const row = { session, rollNo: rollNo ?? '', fullName }
  if (!mark) return { ...row, ...unmarked(session) }
  const { markedAt, markedBy, reason, note } = mark
  return {
    ...row,
    status: statusOf(mark),
    how: METHOD[mark.method],
    assurance: assuranceWords(mark.assurance),
    markedAt,
    markedBy,
    reason,
    note,
  }
}

/** Without a mark one is missing while the session runs; once it has ended that counts as absent, as in the report. */
const unmarked = ({ isRunning }: ToldSession) => ({
  ...(isRunning ? { status: 'Missing', how: '' } : { status: STATUS.absent, how: 'No mark' }),
  assurance: '',
  markedAt: null,
  markedBy: null,
  reason: null,
  note: null,
})

const statusOf = ({ status, ownStatus, isHeld }: ToldMark) => (isHeld ? 'Held' : (ownStatus ?? STATUS[status]))

function toGuestRow(session: ToldSession, guest: ToldGuest, mark: ToldMark | undefined): MarkRow {
  const row = toRow(session, guest.matched ?? { rollNo: null, fullName: guest.fullName }, mark)
  if (mark) return { ...row, status: `${row.status} (guest)` }
  return { ...row, status: 'Guest', how: '', markedAt: guest.addedAt, markedBy: guest.addedBy, note: guest.note }
}
