import {
  acceptInvite,
  cancelImport,
  endSession,
  getEnrolment,
  getImport,
  giveConsent,
  inviteImported,
  listClasses,
  listClassStudents,
  listImports,
  markByHand,
  startSession,
  undoImport,
} from '@app/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Caller, createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, signInAgain } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { anImport } from '../../testing/builders-imports.ts'
import { decided } from '../../testing/builders-marks.ts'
import { aCsv } from '../../testing/builders-sheets.ts'
import { startImports } from './index.ts'

let app: TestApp
let college: TestCollege
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  college = await aCollege(app, { students: 2 })
  app.clock.advance(60_000)
})

const take = (lines: string[], classId = college.class.id) =>
  anImport(app, { as: college.admin, bytes: aCsv(lines), ...(classId === '' ? {} : { classId }) })
const HEADER = 'roll_no,full_name,email,phone,batch,department'
const ask = (importId: string) => app.call(undoImport, { as: college.admin, params: { importId } })
const read = async (importId: string) => (await app.call(getImport, { as: college.admin, params: { importId } })).body
/** Has an import taken back, as the server does in its own time. */
const undo = async (importId: string) => {
  const { error } = await ask(importId)
  if (error !== undefined) return error
  await startImports(app.deps)
  await app.jobs.runAll()
  const { state, failedBecause, obstacles, obstacleCount } = await read(importId)
  return { state, failedBecause, obstacles, obstacleCount }
}
const UNDONE = { state: 'undone', failedBecause: null, obstacles: [], obstacleCount: 0 }
const IN_USE = { state: 'taken', failedBecause: 'in-use' }
const listedBy = async (as: Caller) =>
  (await app.call(listClassStudents, { as, params: { classId: college.class.id } })).body.students
const listed = () => listedBy(college.admin)
const everything = () =>
  app.db.inInstitution(college.institution.id, async (tx) => ({
    people: await tx.selectFrom('people').selectAll().orderBy('id').execute(),
    roles: await tx.selectFrom('person_roles').selectAll().orderBy('person_id').orderBy('role').execute(),
    stays: await tx.selectFrom('class_students').selectAll().orderBy('person_id').orderBy('joined_at').execute(),
    classes: await tx.selectFrom('classes').selectAll().orderBy('id').execute(),
    teachers: await tx.selectFrom('class_teachers').selectAll().orderBy('class_id').orderBy('person_id').execute(),
    subjects: await tx.selectFrom('subjects').selectAll().orderBy('id').execute(),
    departments: await tx.selectFrom('departments').selectAll().orderBy('id').execute(),
  }))

describe('undoing an import', () => {
  test('of students gives back old values and lets go of new people and stays', async () => {
    const before = await everything()
    const lines = [HEADER, 'R1,Ana Changed,ana@new.edu,1,2026,Physics', 'N1,New,new@new.edu,,,Physics', 'N2,Newer']
    const { id } = await take(lines)
    expect(await listed()).toHaveLength(4)
    expect(await undo(id)).toEqual(UNDONE)
    expect(await everything()).toEqual(before)
    expect(await undo(id)).toBe('already-done')
  })

  test('of teachers, classes and enrolments gives everything back too', async () => {
    const other = await aClass(app, college.institution, { subjectCode: 'OLD1', name: 'A' })
    const before = await everything()
    const teachers = await take(
      ['full_name,email,role,department', 'Tim,tim@new.edu,teacher,Arts', `Tara Two,${college.teacher.email},admin,`],
      '',
    )
    const classes = await take(
      [
        'subject_code,subject_name,class,room,teachers,department',
        'OLD1,Renamed,A,R 1,tim@new.edu,Arts',
        'NEW1,New subject,B,R 2,tim@new.edu,Arts',
      ],
      '',
    )
    const enrolments = await take(
      ['roll_no,subject_code,class,from,until', 'R1,NEW1,B,2026-01-05,', 'R2,OLD1,A,2026-01-05,2026-02-01'],
      '',
    )
    const moved = await take(['roll_no,subject_code,class,from,until', 'R1,NEW1,B,2026-01-10,2026-04-01'], '')
    expect([teachers, classes, enrolments, moved].map(({ counts }) => counts.error)).toEqual([0, 0, 0, 0])
    expect(await undo(classes.id)).toMatchObject({
      ...IN_USE,
      obstacles: [{ name: 'B', because: 'has-students' }],
    })
    expect(await undo(enrolments.id)).toMatchObject({ ...IN_USE, obstacles: [{ because: 'was-changed' }] })
    for (const { id } of [moved, enrolments, classes, teachers]) expect(await undo(id)).toEqual(UNDONE)
    expect(await everything()).toEqual(before)
    expect(other.name).toBe('A')
  })

  test('is in the audit log, person by person', async () => {
    const { id } = await take([HEADER, 'N1,New'])
    await undo(id)
    const entries = await app.db.inInstitution(college.institution.id, (tx) =>
      tx.selectFrom('audit_log').select('action').orderBy('id').execute(),
    )
    expect(entries.map(({ action }) => action)).toEqual([
      'student-added',
      'import-taken',
      'student-added-undone',
      'import-undone',
    ])
  })

  test('is offered for a week', async () => {
    const { id } = await take([HEADER, 'N1,New'])
    const last = async () => nth((await app.call(listImports, { as: college.admin })).body.imports, 0)
    expect((await last()).undoUntil).not.toBeNull()
    app.clock.advance(7 * 86_400_000)
    college.admin = { ...college.admin, ...(await signInAgain(app, college.admin)) }
    expect((await last()).undoUntil).toBeNull()
    expect(await undo(id)).toBe('import-undo-over')
  })
})

describe('an undoing that is under way', () => {
  test('can be stopped before its end, changes nothing then, and can be begun again', async () => {
    const { id } = await take([HEADER, 'R1,Ana Changed', 'N1,New'])
    const before = await everything()
    expect((await ask(id)).body.state).toBe('undoing')
    const stopped = await app.call(cancelImport, { as: college.admin, params: { importId: id } })
    expect(stopped.body.state).toBe('undoing')
    await startImports(app.deps)
    await app.jobs.runAll()
    expect(await read(id)).toMatchObject({ state: 'taken', failedBecause: 'cancelled' })
    expect(await everything()).toEqual(before)
    expect(await undo(id)).toEqual(UNDONE)
  })

  test('is not begun twice, and says at its end that everything is done', async () => {
    const { id } = await take([HEADER, 'N1,New'])
    const replies = await Promise.all([ask(id), ask(id)])
    expect(replies.map(({ error }) => error).sort()).toEqual(['already-done', undefined])
    await startImports(app.deps)
    await app.jobs.runAll()
    const { state, progress } = await read(id)
    expect(state).toBe('undone')
    expect(progress.done).toBe(progress.total)
  })

  test('whose server stopped leaves the import taken; a run that wakes up late changes nothing', async () => {
    const { id } = await take([HEADER, 'N1,New'])
    await ask(id)
    const late = app.jobs.queued.splice(0)
    app.clock.advance(6 * 60_000)
    await startImports(app.deps)
    await app.jobs.runAll()
    expect(await read(id)).toMatchObject({ state: 'taken', failedBecause: 'interrupted' })
    app.jobs.queued.push(...late)
    await app.jobs.runAll()
    expect(await read(id)).toMatchObject({ state: 'taken' })
    expect(await listed()).toHaveLength(3)
  })

  test('of somebody who was disabled meanwhile changes nothing', async () => {
    const { id } = await take([HEADER, 'N1,New'])
    await ask(id)
    await app.db.inInstitution(college.institution.id, (tx) =>
      tx.updateTable('people').set({ status: 'disabled' }).where('id', '=', college.admin.id).execute(),
    )
    await startImports(app.deps)
    await app.jobs.runAll()
    expect(await listedBy(college.teacher)).toHaveLength(3)
    const { state, failed_because } = await app.db.inInstitution(college.institution.id, (tx) =>
      tx.selectFrom('imports').select(['state', 'failed_because']).where('id', '=', id).executeTakeFirstOrThrow(),
    )
    expect([state, failed_because]).toEqual(['taken', 'not-allowed'])
  })
})

describe('what stands in the way is said by name:', () => {
  test('a mark', async () => {
    const { id } = await take([HEADER, 'N1,Nora New', 'N2,Niels New'])
    app.clock.advance(60_000)
    const { body: session } = await app.call(startSession, {
      as: college.teacher,
      params: { classId: college.class.id },
      body: { minutes: 60, lateAfterMinutes: 10, methods: ['code'] },
    })
    const nora = nth(
      (await listed()).filter(({ rollNo }) => rollNo === 'N1'),
      0,
    )
    const params = { sessionId: session.id, studentId: nora.personId }
    await app.call(markByHand, { as: college.teacher, params, body: decided('present') })
    expect(await undo(id)).toEqual({
      ...IN_USE,
      obstacles: [{ name: 'Nora New', because: 'was-marked' }],
      obstacleCount: 1,
    })
    app.clock.advance(60_000)
    await app.call(endSession, { as: college.teacher, params: { sessionId: session.id } })
    expect(await undo(id)).toMatchObject({ obstacleCount: 2 })
    expect(await listed()).toHaveLength(4)
  })

  test('a sign-in and a consent', async () => {
    const { id } = await take([HEADER, 'N1,Nora New'])
    const { body } = await app.call(inviteImported, { as: college.admin, params: { importId: id } })
    const token = nth(body.links, 0).link.split('#')[1] ?? ''
    const accepted = await app.call(acceptInvite, { body: { token, password: 'a longer sentence' } })
    const as = { token: accepted.body.accessToken }
    const { consent } = (await app.call(getEnrolment, { as })).body
    await app.call(giveConsent, { as, body: { version: consent.currentVersion } })
    expect(await undo(id)).toMatchObject({
      obstacles: [
        { name: 'Nora New', because: 'has-consented' },
        { name: 'Nora New', because: 'has-signed-in' },
      ],
    })
  })

  test('a later change, by an import or by hand', async () => {
    const { id } = await take([HEADER, 'R1,Ana One,ana1@new.edu'])
    const later = await take([HEADER, 'R1,Ana Two'])
    expect(await undo(id)).toMatchObject({ obstacles: [{ name: 'Ana Two', because: 'was-changed' }] })
    expect(await undo(later.id)).toEqual(UNDONE)
    expect(await undo(id)).toEqual(UNDONE)
  })

  test('another class that a new student has joined since', async () => {
    const { id } = await take([HEADER, 'N1,Nora New'])
    const other = await aClass(app, college.institution, { teachers: [college.teacher] })
    const later = await take([HEADER, 'N1,Nora New'], other.id)
    expect(await undo(id)).toMatchObject({ obstacles: [{ name: 'Nora New', because: 'joined-elsewhere' }] })
    await undo(later.id)
    expect(await undo(id)).toEqual(UNDONE)
  })

  test('a session of a class that an import has made', async () => {
    const lines = ['subject_code,subject_name,class,teachers', `NEW1,New,B,${college.teacher.email}`]
    const { id } = await take(lines, '')
    const { body } = await app.call(listClasses, { as: college.teacher })
    const made = nth(
      body.classes.filter(({ name }) => name === 'B'),
      0,
    )
    await app.call(startSession, {
      as: college.teacher,
      params: { classId: made.id },
      body: { minutes: 60, lateAfterMinutes: 10, methods: ['code'] },
    })
    expect(await undo(id)).toMatchObject({ obstacles: [{ name: 'B', because: 'has-sessions' }] })
  })
})
