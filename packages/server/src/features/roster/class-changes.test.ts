import {
  archiveClass,
  createClass,
  createTerm,
  deleteClass,
  getClass,
  listArchivedClasses,
  listClasses,
  startSession,
  updateClass,
} from '@app/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, aSession, type TestClass } from '../../testing/builders.ts'
import { aCollege, type TestCollege } from '../../testing/builders-class.ts'
import { aSlot, aTerm } from '../../testing/builders-timetable.ts'
import { auditOf } from '../../testing/read-audit.ts'

let app: TestApp
let college: TestCollege
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  college = await aCollege(app)
})

const DAYS = { startsOn: '2026-01-05', endsOn: '2026-06-30' }
type Body = { name: string; room: string; subjectId: string; termId: string | null; teacherIds: string[] }
const asIs = (): Body => ({
  name: college.class.name,
  room: '',
  subjectId: college.class.subjectId,
  termId: null,
  teacherIds: [college.teacher.id],
})
const update = (body: Partial<Body>, as: { token: string } = college.admin) =>
  app.call(updateClass, { as, params: { classId: college.class.id }, body: { ...asIs(), ...body } })
const archive = (archived: boolean, of: TestClass = college.class) =>
  app.call(archiveClass, { as: college.admin, params: { classId: of.id }, body: { archived } })

describe('a class', () => {
  test('is renamed and given a room by its teacher, who changes nothing else', async () => {
    expect((await update({ name: 'Section Z', room: 'R7' }, college.teacher)).body).toMatchObject({
      name: 'Section Z',
      room: 'R7',
    })
    const termId = await aTerm(app, college.class, DAYS)
    const subjectId = (await aClass(app, college.institution)).subjectId
    const forbidden: Partial<Body>[] = [
      { termId },
      { subjectId },
      { teacherIds: [college.teacher.id, college.otherTeacher.id] },
      { teacherIds: [] },
    ]
    for (const body of forbidden)
      expect((await update({ name: 'Section Z', room: 'R7', ...body }, college.teacher)).error).toBe('not-allowed')
    expect((await update({ name: 'Mine' }, college.otherTeacher)).error).toBe('not-allowed')
  })

  test('is put into a term, under another subject and into other hands by an admin', async () => {
    const termId = await aTerm(app, college.class, DAYS)
    const subjectId = (await aClass(app, college.institution, { subjectCode: 'PH101' })).subjectId
    const teacherIds = [college.otherTeacher.id]
    const { body } = await update({ termId, subjectId, teacherIds })
    expect(body).toMatchObject({
      term: { id: termId },
      subject: { id: subjectId, code: 'PH101' },
      teachers: [{ personId: college.otherTeacher.id }],
    })
    expect((await auditOf(app, college.institution, college.class.id)).at(-1)).toEqual({
      action: 'class-changed',
      by: college.admin.id,
      old: { termId: null, subjectId: college.class.subjectId, teacherIds: [college.teacher.id] },
      new: { termId, subjectId, teacherIds },
    })
    expect((await app.call(listClasses, { as: college.teacher })).body.classes).toEqual([])
  })

  test('has a name of its own among those of its subject', async () => {
    const subject = { subjectCode: 'PH101', subjectName: 'Physics', teacherIds: [college.teacher.id] }
    const other = (await app.call(createClass, { as: college.admin, body: { name: 'A', ...subject } })).body
    await app.call(createClass, { as: college.admin, body: { name: 'B', ...subject } })
    const rename = (name: string) =>
      app.call(updateClass, {
        as: college.admin,
        params: { classId: other.id },
        body: { ...asIs(), name, subjectId: other.subject.id },
      })
    expect((await rename('b')).error).toBe('class-name-taken')
    expect((await rename('a')).status).toBe(200)
  })

  test('takes no term, subject or teacher of elsewhere, and no archived term', async () => {
    const elsewhere = await aCollege(app)
    const archived = await aTerm(app, college.class, DAYS)
    await app.db.inInstitution(college.institution.id, (tx) =>
      tx.updateTable('terms').set({ archived_at: app.clock.now() }).where('id', '=', archived).execute(),
    )
    const wrong: Partial<Body>[] = [
      { termId: archived },
      { termId: await aTerm(app, elsewhere.class, DAYS) },
      { subjectId: elsewhere.class.subjectId },
      { teacherIds: [elsewhere.teacher.id] },
      { teacherIds: [college.admin.id] },
    ]
    for (const body of wrong) expect((await update(body)).error).toBe('bad-input')
    expect((await update({})).body).toMatchObject({ term: null, teachers: [{ personId: college.teacher.id }] })
  })

  test('keeps a teacher who has left until somebody takes them out', async () => {
    await app.db.inInstitution(college.institution.id, (tx) =>
      tx.updateTable('people').set({ status: 'disabled' }).where('id', '=', college.teacher.id).execute(),
    )
    expect((await update({ room: 'R1' })).status).toBe(200)
    expect((await update({ teacherIds: [college.teacher.id, college.otherTeacher.id] })).status).toBe(200)
    expect((await update({ teacherIds: [college.otherTeacher.id] })).status).toBe(200)
    expect((await update({})).error).toBe('bad-input')
  })

  test('is made in a term and a room from the start', async () => {
    const { body: term } = await app.call(createTerm, { as: college.admin, body: { name: 'Spring', ...DAYS } })
    const body = { name: 'A', subjectCode: 'PH1', subjectName: 'Physics', teacherIds: [], termId: term.id, room: 'R1' }
    expect((await app.call(createClass, { as: college.teacher, body })).body).toMatchObject({
      term: { id: term.id, name: 'Spring' },
      room: 'R1',
    })
    const wrong = { ...body, name: 'B', termId: crypto.randomUUID() }
    expect((await app.call(createClass, { as: college.teacher, body: wrong })).error).toBe('bad-input')
  })
})

describe('an archived class', () => {
  const start = () =>
    app.call(startSession, {
      as: college.teacher,
      params: { classId: college.class.id },
      body: { minutes: 30, lateAfterMinutes: 10, methods: ['code'] },
    })

  test('takes no sessions and is on no list but that of the archived, until it is brought back', async () => {
    const list = async (route: typeof listClasses | typeof listArchivedClasses) =>
      (await app.call(route, { as: college.teacher })).body.classes.map(({ id }) => id)
    expect((await archive(true)).body.archivedAt).not.toBeNull()
    expect((await start()).error).toBe('class-archived')
    expect([await list(listClasses), await list(listArchivedClasses)]).toEqual([[], [college.class.id]])
    expect((await archive(false)).body.archivedAt).toBeNull()
    expect([await list(listClasses), await list(listArchivedClasses)]).toEqual([[college.class.id], []])
    expect((await start()).status).toBe(200)
    expect((await archive(true)).error).toBe('class-has-open-session')
    const look = await app.call(getClass, { as: college.teacher, params: { classId: college.class.id } })
    expect(look.body.archivedAt).toBeNull()
  })

  test('of somebody else is not seen by a teacher', async () => {
    await archive(true)
    expect((await app.call(listArchivedClasses, { as: college.otherTeacher })).body.classes).toEqual([])
  })
})

describe('a class is deleted', () => {
  const remove = (of: TestClass) => app.call(deleteClass, { as: college.admin, params: { classId: of.id } })

  test('with its timetable while nobody was ever in it', async () => {
    const empty = await aClass(app, college.institution, { teachers: [college.teacher] })
    await aSlot(app, empty)
    expect((await remove(empty)).body).toEqual({ done: true })
    expect((await remove(empty)).error).toBe('not-found')
  })

  test('never once it had a student or a session', async () => {
    expect((await remove(college.class)).error).toBe('still-in-use')
    const taught = await aClass(app, college.institution, { teachers: [college.teacher] })
    await aSession(app, taught, { startedBy: college.teacher, endedAfterMinutes: 50 })
    expect((await remove(taught)).error).toBe('still-in-use')
    expect((await app.call(getClass, { as: college.teacher, params: { classId: taught.id } })).status).toBe(200)
  })
})
