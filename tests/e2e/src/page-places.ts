import {
  addSlot,
  cancelSession,
  changeClassPolicy,
  changeMeeting,
  createDepartment,
  createHoliday,
  createTerm,
  endSession,
  getEnrolment,
  getMe,
  giveConsent,
  inviteGuardian,
  markByHand,
  planSession,
  startImport,
  startSession,
} from '@app/contract'
import { arrangeClass, arrangeInstitution, call, joinByInvite, setUpToken } from './arrange.ts'
import type { RunningServer } from './server.ts'

/** What the addresses of the pages hold. */
export type Places = {
  classId: string
  emptyClassId: string
  /** Without a weekly time. */
  bareClassId: string
  open: string
  /** Asks for all the proofs of being in the room that there are. */
  demanding: string
  ended: string
  planned: string
  cancelled: string
  unused: string
  setUp: string
  draftId: string
  unmappedId: string
  importId: string
  studentId: string
  teacherId: string
}

export const GUARDIAN = 'gita@home.example'

/** An institution with something to see on every page. */
export async function arrangePlaces(server: RunningServer): Promise<Places> {
  const setUp = setUpToken(server)
  const { as } = await arrangeInstitution(server)
  const { classId, importId, links } = await arrangeClass(server, {
    as,
    name: 'Biology A',
    students: Array.from({ length: 12 }, (_, i) => [`B${i + 1}`, `Student Number${i + 1} Longfamilyname`] as const),
  })
  const empty = await arrangeClass(server, { as, name: 'Biology B', students: [['X1', 'Only One']] })
  const [first, second, unused] = links
  if (!first || !second || !unused) throw new Error('no links')
  await arrangeFamily(server, { as, student: first })
  const sessions = await arrangeSessions(server, { as, classId, present: first.personId, excused: second.personId })
  const me = await call(server, getMe, { as })
  await arrangeTimetable(server, { as, classId })
  return {
    ...sessions,
    ...(await arrangeDrafts(server, as)),
    ...(await arrangePlans(server, { as, classId: empty.classId })),
    ...(await arrangeExamination(server, as)),
    classId,
    emptyClassId: empty.classId,
    unused: unused.link,
    setUp,
    importId,
    studentId: first.personId,
    teacherId: me.personId,
  }
}

/** A student who has consented, and their guardian. */
async function arrangeFamily(
  server: RunningServer,
  { as, student }: { as: string; student: { personId: string; link: string } },
): Promise<void> {
  const joined = await joinByInvite(server, student.link)
  const { consent } = await call(server, getEnrolment, joined)
  await call(server, giveConsent, { ...joined, body: { version: consent.currentVersion } })
  const guardian = await call(server, inviteGuardian, {
    as,
    params: { personId: student.personId },
    body: { fullName: 'Gita Longfamilyname', email: GUARDIAN },
  })
  await joinByInvite(server, guardian.link ?? '')
}

/** One that has ended, with marks, and one that is open. */
async function arrangeSessions(
  server: RunningServer,
  { as, classId, present, excused }: { as: string; classId: string; present: string; excused: string },
): Promise<{ ended: string; open: string }> {
  const start = () =>
    call(server, startSession, {
      as,
      params: { classId },
      body: { minutes: 60, lateAfterMinutes: 10, methods: ['face', 'code'] },
    })
  const past = await start()
  for (const [studentId, status] of [
    [present, 'present'],
    [excused, 'excused'],
  ] as const)
    await call(server, markByHand, {
      as,
      params: { sessionId: past.id, studentId },
      body: { status, ownStatusId: null, reason: 'Seen in the room', note: '', seen: null },
    })
  await call(server, endSession, { as, params: { sessionId: past.id } })
  return { ended: past.id, open: (await start()).id }
}

/** A list with mistakes, and one whose columns nobody knows. */
async function arrangeDrafts(server: RunningServer, as: string): Promise<{ draftId: string; unmappedId: string }> {
  const draftOf = async (sheet: string) => {
    const file = { name: 'list.csv', bytes: new Blob([sheet], { type: 'text/csv' }) }
    return (await call(server, startImport, { as, query: {}, file })).id
  }
  return {
    draftId: await draftOf('roll_no,full_name,email\nD1,Dora New,dora at lake\nD2,Dan New,\nD1,Dora Again,'),
    unmappedId: await draftOf('Kennung,Rufname\nD1,Dora'),
  }
}

/** A planned session, a cancelled one, and a weekly time. */
async function arrangePlans(
  server: RunningServer,
  { as, classId }: { as: string; classId: string },
): Promise<{ planned: string; cancelled: string }> {
  const params = { classId }
  const plan = (startsAt: string) =>
    call(server, planSession, {
      as,
      params,
      body: { day: dayFromNow(7), startsAt, minutes: 45, lateAfterMinutes: 10, room: 'Hall 1' },
    })
  const planned = await plan('14:00')
  const cancelled = await plan('16:00')
  const reason = 'The whole college is at the sports day of the district'
  await call(server, cancelSession, { as, params: { sessionId: cancelled.id }, body: { reason } })
  const days = { validFrom: dayFromNow(1), validUntil: dayFromNow(90) }
  const slot = { weekday: 3, startsAt: '10:00', minutes: 60, room: 'Hall 1', ...days }
  await call(server, addSlot, { as, params, body: slot })
  return { planned: planned.id, cancelled: cancelled.id }
}

/** A session that asks for all the proofs of being in the room. */
async function arrangeExamination(
  server: RunningServer,
  as: string,
): Promise<{ demanding: string; bareClassId: string }> {
  const students = [['B1', 'Student Number1 Longfamilyname']] as const
  const { classId } = await arrangeClass(server, { as, name: 'Biology C', students })
  const params = { classId }
  const geofence = { latitude: 12.97, longitude: 77.59, radiusMetres: 100 }
  const presence = {
    presenceProofs: ['room-code', 'network', 'geofence'],
    networks: ['192.0.2.0/24'],
    geofence,
  } as const
  await call(server, changeClassPolicy, { as, params, body: { changes: { assurance: 'A', ...presence }, reset: [] } })
  const demanding = await call(server, startSession, {
    as,
    params,
    body: { minutes: 60, lateAfterMinutes: 10, methods: ['face'] },
  })
  return { demanding: demanding.id, bareClassId: classId }
}

/** A week with a meeting as usual, one that was moved and one on a holiday. */
async function arrangeTimetable(
  server: RunningServer,
  { as, classId }: { as: string; classId: string },
): Promise<void> {
  const slot = { minutes: 60, room: '', validFrom: '2026-09-01', validUntil: '2026-12-18' }
  const add = (over: { weekday: number; startsAt: string; room?: string }) =>
    call(server, addSlot, { as, params: { classId }, body: { ...slot, ...over } })
  const monday = await add({ weekday: 1, startsAt: '09:00' })
  await add({ weekday: 3, startsAt: '11:00', room: 'Lab 2' })
  await add({ weekday: 4, startsAt: '14:00' })
  await call(server, changeMeeting, {
    as,
    params: { slotId: monday.slot.id, day: '2026-11-23' },
    body: { kind: 'moved', reason: 'Open day', movedTo: '2026-11-25', startsAt: '11:30', minutes: 60, room: 'Hall' },
  })
  const days = { startsOn: '2026-11-26', endsOn: '2026-11-27' }
  await call(server, createHoliday, { as, body: { name: 'Harvest', ...days } })
  await call(server, createTerm, { as, body: { name: 'Autumn 2026', startsOn: '2026-09-01', endsOn: '2026-12-18' } })
  await call(server, createDepartment, { as, body: { name: 'Natural sciences' } })
}

/** A day of the institution's calendar. */
function dayFromNow(days: number): string {
  const at = new Date(Date.now() + days * 86_400_000)
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata' }).format(at)
}
