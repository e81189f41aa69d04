import { type AccessRow, admins, adminsHere, managesClass, ofNewClass, only, owners } from './access-outcomes.ts'
import { type AccessWorld, anInvitedStudent } from './access-world.ts'
import { anInstitution, aPerson } from './builders.ts'
import { aGuardianship } from './builders-people.ts'

const ofStudent = async (world: AccessWorld) => ({ params: { personId: (await anInvitedStudent(world)).id } })
const ofTeacher = async ({ app, actors }: AccessWorld) => {
  const institution = { id: actors.admin.institutionId, name: '' }
  return { params: { personId: (await aPerson(app, institution, { roles: ['teacher'] })).id } }
}
const ofSome = async (world: AccessWorld) => ({ who: { personIds: [(await anInvitedStudent(world)).id] } })

/** The owner's part, the directory of people, guardians and the overview. */
export const ACCESS_PEOPLE: Record<string, AccessRow> = {
  listInstitutions: { expected: owners() },
  createInstitution: {
    expected: owners(),
    ask: async () => ({
      body: { name: 'New', timeZone: 'UTC', locale: 'en', adminName: 'New', adminEmail: 'new@x.test' },
    }),
  },
  disableInstitution: {
    expected: owners(),
    ask: async ({ app }) => ({
      params: { institutionId: (await anInstitution(app)).id },
      body: { disabled: true },
    }),
  },
  getInstallationHealth: { expected: owners() },

  listPeople: { expected: admins(), ask: async () => ({ query: {} }) },
  listPeopleChoices: { expected: admins() },
  downloadPeople: { expected: admins(), ask: async () => ({ query: { format: 'csv' } }) },
  // Ids of another institution find nobody, so nothing is done.
  actOnPeople: {
    expected: admins(),
    ask: async (world) => ({ body: { action: 'disable', ...(await ofSome(world)) } }),
  },
  makeInviteSheet: { expected: admins(), ask: async (world) => ({ body: await ofSome(world) }) },
  makeClassInviteSheet: { expected: managesClass(), ask: ofNewClass },
  getPerson: { expected: adminsHere(), ask: ofStudent },
  changePerson: {
    expected: adminsHere(),
    ask: async (world) => ({
      ...(await ofStudent(world)),
      body: {
        fullName: 'Another Name',
        email: null,
        phone: null,
        rollNo: crypto.randomUUID(),
        batch: null,
        department: null,
      },
    }),
  },
  changeRoles: {
    expected: adminsHere(),
    ask: async (world) => ({ ...(await ofTeacher(world)), body: { roles: ['teacher', 'admin'] } }),
  },
  endSignIns: { expected: adminsHere(), ask: ofTeacher },
  handOver: {
    expected: adminsHere(),
    ask: async (world) => ({ ...(await ofTeacher(world)), body: { classes: [], disable: true } }),
  },
  inviteGuardian: {
    expected: adminsHere(),
    ask: async (world) => ({
      ...(await ofStudent(world)),
      body: { fullName: 'Gita Guardian', email: `${crypto.randomUUID()}@x.test` },
    }),
  },
  unlinkGuardian: {
    expected: adminsHere(),
    ask: async (world) => {
      const { app, actors } = world
      const student = await anInvitedStudent(world)
      await aGuardianship(app, { guardian: actors.guardian, student, by: actors.admin })
      return { params: { personId: student.id, guardianId: actors.guardian.id } }
    },
  },
  listGuardianStudents: { expected: only({ guardian: 'ok' }) },
  // What a guardian of somebody else asks for is not there.
  getGuardianHistory: {
    expected: only({ guardian: 'ok' }),
    ask: async ({ actors }) => ({ params: { studentId: actors.student.id } }),
  },
  getOverview: { expected: admins() },
  listLackingClasses: { expected: admins(), ask: async () => ({ query: { lacks: 'teacher' } }) },
  listLowAttendance: { expected: admins() },
  listMissedSessions: { expected: admins() },
  listPersonHistory: {
    expected: adminsHere(),
    ask: async (world) => ({ ...(await ofStudent(world)), query: {} }),
  },
}
