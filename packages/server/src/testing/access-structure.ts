import { randomUUID } from 'node:crypto'
import { type AccessRow, type Ask, admins, managesClass, ofClass, only, staff } from './access-outcomes.ts'
import type { AccessWorld } from './access-world.ts'
import { aClass, aPerson, type TestClass } from './builders.ts'
import { aHoliday, aSlot, aTerm } from './builders-timetable.ts'

const DAYS = { startsOn: '2026-01-05', endsOn: '2026-06-30' }
const ARCHIVE = { archived: true }
const MONDAY = '2026-03-02'
const SLOT = { weekday: 1, startsAt: '09:00', minutes: 60, room: '', validFrom: '2026-01-01', validUntil: '2026-12-31' }

/** A part of the class's institution: for its admins; to others it does not exist. */
const managesPart = only({ admin: 'ok', otherAdmin: 'not-found', stranger: 'not-found' })

const institutionOf = ({ actors }: AccessWorld) => ({ institutionId: actors.admin.institutionId })

/** A class of the same teacher and student that nothing else happens to. */
function anotherClass({ app, actors }: AccessWorld): Promise<TestClass> {
  const institution = { id: actors.admin.institutionId, name: '' }
  return aClass(app, institution, { teachers: [actors.teacher], students: [actors.student] })
}

async function anEmptyClass({ app, actors }: AccessWorld): Promise<TestClass> {
  return aClass(app, { id: actors.admin.institutionId, name: '' }, { teachers: [actors.teacher] })
}

async function aDepartment(world: AccessWorld): Promise<string> {
  const id = randomUUID()
  const { institutionId } = institutionOf(world)
  await world.app.db.inInstitution(institutionId, (tx) =>
    tx
      .insertInto('departments')
      .values({ institution_id: institutionId, id, name: id, archived_at: null, created_at: world.app.clock.now() })
      .execute(),
  )
  return id
}

async function aSubject(world: AccessWorld): Promise<string> {
  const id = randomUUID()
  const { institutionId } = institutionOf(world)
  await world.app.db.inInstitution(institutionId, (tx) =>
    tx
      .insertInto('subjects')
      .values({
        institution_id: institutionId,
        id,
        code: id.slice(0, 20),
        name: 'Physics',
        created_at: world.app.clock.now(),
      })
      .execute(),
  )
  return id
}

/** Two accounts of one student. */
async function ofTwins({ app, actors }: AccessWorld, part: 'query' | 'body'): Promise<Ask> {
  const institution = { id: actors.admin.institutionId, name: '' }
  const [one, other] = [
    await aPerson(app, institution, { roles: ['student'] }),
    await aPerson(app, institution, { roles: ['student'] }),
  ]
  const asked = part === 'query' ? { query: { into: one.id } } : { body: { into: one.id, keepFace: null, reason: '' } }
  return { params: { personId: other.id }, ...asked }
}

const ofNewTerm = async (world: AccessWorld): Promise<Ask> => ({
  params: { termId: await aTerm(world.app, institutionOf(world), DAYS) },
})
const ofNewHoliday = async (world: AccessWorld): Promise<Ask> => ({
  params: { holidayId: await aHoliday(world.app, institutionOf(world), { startsOn: '2026-05-01' }) },
})
const ofNewDepartment = async (world: AccessWorld): Promise<Ask> => ({
  params: { departmentId: await aDepartment(world) },
})
const ofNewSubject = async (world: AccessWorld): Promise<Ask> => ({ params: { subjectId: await aSubject(world) } })
const ofNewSlot = async (world: AccessWorld): Promise<Ask> => ({
  params: { slotId: await aSlot(world.app, world.class) },
})

const withBody =
  (ask: (world: AccessWorld) => Promise<Ask>, body: () => object) =>
  async (world: AccessWorld): Promise<Ask> => ({ ...(await ask(world)), body: body() })

const named = () => ({ name: randomUUID(), ...DAYS })
const aNewSubject = () => ({ code: randomUUID().slice(0, 20), name: 'Physics', departmentId: null })

/** Terms, holidays, departments, subjects, classes and their timetable, students who move. */
export const ACCESS_STRUCTURE: Record<string, AccessRow> = {
  getInstitutionSettings: { expected: admins() },
  changeInstitutionSettings: {
    expected: admins(),
    ask: async () => ({ body: { name: 'A college', timeZone: 'Asia/Kolkata', locale: 'en', weekStart: 1 } }),
  },

  listTerms: { expected: staff() },
  createTerm: { expected: admins(), ask: async () => ({ body: named() }) },
  updateTerm: { expected: managesPart, ask: withBody(ofNewTerm, named) },
  archiveTerm: { expected: managesPart, ask: withBody(ofNewTerm, () => ARCHIVE) },
  deleteTerm: { expected: managesPart, ask: ofNewTerm },

  listHolidays: { expected: staff() },
  createHoliday: { expected: admins(), ask: async () => ({ body: named() }) },
  updateHoliday: { expected: managesPart, ask: withBody(ofNewHoliday, named) },
  deleteHoliday: { expected: managesPart, ask: ofNewHoliday },

  listDepartments: { expected: staff() },
  createDepartment: { expected: admins(), ask: async () => ({ body: { name: randomUUID() } }) },
  renameDepartment: { expected: managesPart, ask: withBody(ofNewDepartment, () => ({ name: randomUUID() })) },
  archiveDepartment: { expected: managesPart, ask: withBody(ofNewDepartment, () => ARCHIVE) },
  deleteDepartment: { expected: managesPart, ask: ofNewDepartment },

  listSubjects: { expected: staff() },
  createSubject: { expected: admins(), ask: async () => ({ body: aNewSubject() }) },
  updateSubject: { expected: managesPart, ask: withBody(ofNewSubject, aNewSubject) },
  archiveSubject: { expected: managesPart, ask: withBody(ofNewSubject, () => ARCHIVE) },
  deleteSubject: { expected: managesPart, ask: ofNewSubject },

  listArchivedClasses: { expected: staff() },
  updateClass: {
    // Its teacher renames it; another's teacher does not.
    expected: managesClass(),
    ask: async (world) => {
      const { id, subjectId } = await anotherClass(world)
      const body = { name: randomUUID(), room: 'R1', subjectId, termId: null, teacherIds: [world.actors.teacher.id] }
      return { params: { classId: id }, body }
    },
  },
  archiveClass: {
    expected: managesPart,
    ask: async (world) => ({ params: { classId: (await anotherClass(world)).id }, body: ARCHIVE }),
  },
  deleteClass: {
    expected: managesPart,
    ask: async (world) => ({ params: { classId: (await anEmptyClass(world)).id } }),
  },
  listStays: {
    expected: managesClass(),
    ask: async ({ actors }) => ({ params: { personId: actors.student.id } }),
  },
  moveStudent: {
    expected: managesClass(),
    ask: async (world) => {
      const [from, to] = [await anotherClass(world), await anEmptyClass(world)]
      return {
        params: { personId: world.actors.student.id },
        body: { fromClassId: from.id, toClassId: to.id, firstDay: MONDAY },
      }
    },
  },

  previewMerge: { expected: managesPart, ask: async (world) => ofTwins(world, 'query') },
  mergeStudents: { expected: managesPart, ask: async (world) => ofTwins(world, 'body') },

  getClassTimetable: { expected: managesClass(), ask: async (world) => ({ ...(await ofClass(world)), query: {} }) },
  getTeacherTimetable: {
    // A teacher's own; another teacher's is for admins.
    expected: only({ teacher: 'ok', admin: 'ok', otherAdmin: 'not-found', stranger: 'not-found' }),
    ask: async ({ actors }) => ({ params: { personId: actors.teacher.id }, query: {} }),
  },
  addSlot: { expected: managesClass(), ask: withBody(ofClass, () => SLOT) },
  changeSlot: { expected: managesClass(), ask: withBody(ofNewSlot, () => SLOT) },
  deleteSlot: { expected: managesClass(), ask: ofNewSlot },
  changeMeeting: {
    expected: managesClass(),
    ask: async (world) => ({
      params: { slotId: await aSlot(world.app, world.class), day: MONDAY },
      body: { kind: 'cancelled', reason: 'ill' },
    }),
  },
  restoreMeeting: {
    expected: managesClass(),
    ask: async (world) => {
      const { app, actors } = world
      const slotId = await aSlot(app, world.class)
      const { institutionId } = actors.admin
      await app.db.inInstitution(institutionId, (tx) =>
        tx
          .insertInto('timetable_exceptions')
          .values({
            institution_id: institutionId,
            slot_id: slotId,
            on_date: MONDAY,
            kind: 'cancelled',
            moved_to: null,
            starts_at: null,
            minutes: null,
            room: null,
            reason: null,
            created_at: app.clock.now(),
            created_by: actors.admin.id,
          })
          .execute(),
      )
      return { params: { slotId, day: MONDAY } }
    },
  },
}
