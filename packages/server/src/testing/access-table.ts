import { ACCESS_IMPORTS } from './access-imports.ts'
import { ACCESS_MARKS } from './access-marks.ts'
import {
  type AccessRow,
  admins,
  everybody,
  inClass,
  managesClass,
  ofClass,
  ofNewClass,
  ofNewSession,
  only,
  ownsChallenge,
  signedIn,
  staff,
  students,
  teachesClass,
} from './access-outcomes.ts'
import { ACCESS_PEOPLE } from './access-people.ts'
import { ACCESS_PHOTOS } from './access-photos.ts'
import { ACCESS_PLANNING } from './access-planning.ts'
import { ACCESS_POLICY } from './access-policy.ts'
import { ACCESS_PRESENCE } from './access-presence.ts'
import { ACCESS_REQUESTS } from './access-requests.ts'
import { ACCESS_SESSIONS } from './access-sessions.ts'
import { ACCESS_STRUCTURE } from './access-structure.ts'
import {
  type AccessWorld,
  anEnrolmentHold,
  anInvitedStudent,
  anotherSession,
  aSpentChallenge,
  aWaitingTeacher,
} from './access-world.ts'

const PASSWORD = 'a quiet green kettle'
const NO_TOKEN = 'x'.repeat(40)
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0])
const BUNDLE = JSON.stringify({
  frames: [{ kind: 'small', atMs: 0, bytes: JPEG.length }],
  prompts: [
    { action: 'blink', shownAtMs: 0 },
    { action: 'turn-left', shownAtMs: 1000 },
  ],
  cameraLabel: '',
})

const asCsv = (ask: (world: AccessWorld) => Promise<object>) => async (world: AccessWorld) => ({
  ...(await ask(world)),
  query: { format: 'csv' },
})

/**
 * Who gets what from every route of the contract. `ok` is status 200; an error that only a permitted caller can reach
 * (a wrong code, a spent challenge) proves as much.
 */
export const ACCESS: Record<string, AccessRow> = {
  ...ACCESS_PHOTOS,
  ...ACCESS_REQUESTS,
  ...ACCESS_MARKS,
  getInstallation: { expected: everybody('ok') },
  setUp: {
    expected: everybody('set-up-link-invalid'),
    ask: async () => ({
      body: {
        token: NO_TOKEN,
        institutionName: 'Mine',
        timeZone: 'UTC',
        fullName: 'Me',
        email: 'me@x.test',
        password: PASSWORD,
        alsoTeaches: false,
      },
    }),
  },
  signIn: {
    expected: everybody('wrong-credentials'),
    ask: async () => ({ body: { identifier: `nobody-${crypto.randomUUID()}`, password: PASSWORD } }),
  },
  refresh: { expected: everybody('not-signed-in') },
  signOut: { expected: everybody('ok') },
  lookUpInvite: { expected: everybody('invite-invalid'), ask: async () => ({ body: { token: NO_TOKEN } }) },
  acceptInvite: {
    expected: everybody('invite-invalid'),
    ask: async () => ({ body: { token: NO_TOKEN, password: PASSWORD } }),
  },
  requestTeacherAccount: {
    expected: everybody('sign-up-closed'),
    ask: async ({ actors }) => ({
      body: {
        institutionId: actors.admin.institutionId,
        fullName: 'Me',
        email: 'me@x.test',
        password: PASSWORD,
      },
    }),
  },
  getMe: { expected: signedIn('ok') },
  changePassword: {
    expected: signedIn('wrong-current-password'),
    ask: async () => ({ body: { currentPassword: 'x', newPassword: PASSWORD } }),
  },
  listLogins: { expected: signedIn('ok') },
  endLogin: {
    // Not even an admin ends another person's sign-in by its id.
    expected: signedIn('not-found'),
    ask: async (world) => ({ params: { loginId: (await anInvitedStudent(world)).loginId } }),
  },
  listStaff: { expected: admins() },
  inviteTeacher: {
    expected: admins(),
    ask: async () => ({
      body: { fullName: 'New', email: `${crypto.randomUUID()}@x.test`, roles: ['teacher'] },
    }),
  },
  reinvitePerson: {
    expected: managesClass(),
    ask: async (world) => ({ params: { personId: (await anInvitedStudent(world)).id } }),
  },
  decideTeacherAccount: {
    expected: only({ admin: 'ok', otherAdmin: 'not-found', stranger: 'not-found' }),
    ask: async (world) => ({
      params: { personId: (await aWaitingTeacher(world)).id },
      body: { decision: 'approve' },
    }),
  },

  ...ACCESS_POLICY,

  listClasses: { expected: staff() },
  createClass: {
    expected: staff(),
    // Somebody has to teach it: an admin says who, a teacher who creates it does.
    ask: async ({ actors }, actor) => {
      const teacherIds = { admin: [actors.teacher.id], otherAdmin: [actors.stranger.id] }[actor as 'admin'] ?? []
      return { body: { name: crypto.randomUUID(), subjectCode: 'NEW', subjectName: 'New', teacherIds } }
    },
  },
  getClass: { expected: managesClass(), ask: ofClass },
  listClassStudents: { expected: managesClass(), ask: ofClass },
  inviteClassStudents: { expected: managesClass(), ask: ofNewClass },
  removeStudent: {
    expected: managesClass(),
    ask: async (world) => {
      const { classId } = await anotherSession(world)
      return { params: { classId, personId: world.actors.student.id } }
    },
  },
  allowNewEnrolment: {
    expected: managesClass('not-enrolled'),
    ask: async ({ actors }) => ({ params: { personId: actors.student.id } }),
  },
  adjustFaceCheck: {
    expected: managesClass(),
    ask: async ({ actors }) => ({
      params: { personId: actors.student.id },
      body: { cannotDo: ['look-up'], reason: 'a stiff neck' },
    }),
  },
  listEnrolmentHolds: { expected: admins() },
  decideEnrolmentHold: {
    expected: only({ admin: 'ok', otherAdmin: 'not-found', stranger: 'not-found' }),
    ask: async (world) => ({
      params: { holdId: await anEnrolmentHold(world) },
      body: { decision: 'discard' },
    }),
  },

  startSession: {
    expected: teachesClass('session-open-already'),
    ask: async (world) => ({
      ...(await ofNewClass(world)),
      body: { minutes: 10, lateAfterMinutes: 5, methods: ['code'] },
    }),
  },
  listClassSessions: { expected: managesClass(), ask: ofNewClass },
  getSession: { expected: { ...managesClass(), student: 'ok' }, ask: ofNewSession },
  endSession: { expected: managesClass(), ask: ofNewSession },
  ...ACCESS_SESSIONS,
  ...ACCESS_PLANNING,
  getBoard: { expected: managesClass(), ask: ofNewSession },
  watchBoard: { expected: managesClass(), ask: ofNewSession },
  getRotatingCode: { expected: teachesClass(), ask: ofNewSession },

  ...ACCESS_PRESENCE,
  startCheckIn: { expected: inClass('consent-needed'), ask: ofNewSession },
  submitCheckIn: {
    expected: ownsChallenge(),
    ask: async (world) => ({
      params: { challengeId: await aSpentChallenge(world, 'check-in') },
      body: { bundle: BUNDLE },
      file: { bytes: JPEG },
    }),
  },
  checkInByCode: {
    expected: inClass('code-wrong'),
    ask: async (world) => ({ ...(await ofNewSession(world)), body: { code: '000000' } }),
  },
  getEnrolment: { expected: students() },
  giveConsent: { expected: students('consent-outdated'), ask: async () => ({ body: { version: 'never' } }) },
  withdrawConsent: { expected: students() },
  startEnrolment: { expected: students('consent-needed') },
  getFlashSetting: { expected: students() },
  setFlashSetting: { expected: students(), ask: async () => ({ body: { avoids: true } }) },
  submitEnrolment: {
    expected: ownsChallenge(),
    ask: async (world) => ({
      params: { challengeId: await aSpentChallenge(world, 'enrolment') },
      body: { bundle: BUNDLE },
      file: { bytes: JPEG },
    }),
  },
  getStudentHome: { expected: students() },
  getStudentHistory: { expected: students(), ask: async () => ({ query: {} }) },

  getClassReport: { expected: managesClass(), ask: ofClass },
  downloadClassReport: { expected: managesClass(), ask: asCsv(ofClass) },
  downloadClassMarks: { expected: managesClass(), ask: asCsv(ofClass) },
  downloadSessionMarks: { expected: managesClass(), ask: asCsv(ofNewSession) },
  getRefusalStatistics: {
    expected: managesClass(),
    ask: async (world) => ({ query: { classId: world.class.id } }),
  },
  ...ACCESS_PEOPLE,
  listAudit: { expected: admins(), ask: async () => ({ query: {} }) },
  downloadAudit: { expected: admins(), ask: async () => ({ query: {} }) },
  listSessionRoots: { expected: managesClass(), ask: ofNewSession },
  // Nobody has a mark in a session that has just begun; whose session it is, the answer does not tell.
  downloadReceipt: { expected: students('not-found'), ask: ofNewSession },
  ...ACCESS_IMPORTS,

  ...ACCESS_STRUCTURE,
}
