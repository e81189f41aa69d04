import {
  archiveClass,
  archiveDepartment,
  archiveSubject,
  createClass,
  createDepartment,
  createHoliday,
  createSubject,
  deleteDepartment,
  deleteHoliday,
  deleteSubject,
  listClassStudents,
  listDepartments,
  listHolidays,
  listSubjects,
  renameDepartment,
  updateHoliday,
  updateSubject,
} from '@app/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aPerson } from '../../testing/builders.ts'
import { aCollege, type TestCollege } from '../../testing/builders-class.ts'
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

describe('a holiday', () => {
  const DIWALI = { name: 'Diwali', startsOn: '2026-11-08', endsOn: '2026-11-10' }
  const list = async () => (await app.call(listHolidays, { as: college.teacher })).body.holidays

  test('is made, moved and deleted; what it was is kept', async () => {
    const { id } = (await app.call(createHoliday, { as: college.admin, body: DIWALI })).body
    const moved = { ...DIWALI, endsOn: '2026-11-11' }
    const params = { holidayId: id }
    await app.call(updateHoliday, { as: college.admin, params, body: moved })
    await app.call(updateHoliday, { as: college.admin, params, body: moved })
    expect(await list()).toEqual([{ id, ...moved }])
    await app.call(deleteHoliday, { as: college.admin, params })
    expect((await app.call(deleteHoliday, { as: college.admin, params })).error).toBe('not-found')
    expect(await list()).toEqual([])
    expect((await auditOf(app, college.institution, id)).map(({ old, new: now }) => [old, now])).toEqual([
      [null, DIWALI],
      [{ endsOn: '2026-11-10' }, { endsOn: '2026-11-11' }],
      [moved, null],
    ])
  })

  test('comes in the order of the calendar', async () => {
    for (const startsOn of ['2026-12-25', '2026-01-26', '2026-08-15'])
      await app.call(createHoliday, { as: college.admin, body: { name: 'A day', startsOn, endsOn: startsOn } })
    expect((await list()).map(({ startsOn }) => startsOn)).toEqual(['2026-01-26', '2026-08-15', '2026-12-25'])
  })
})

describe('a department', () => {
  const create = (name: string) => app.call(createDepartment, { as: college.admin, body: { name } })
  const list = async () => (await app.call(listDepartments, { as: college.teacher })).body.departments

  test('is renamed on the people too who carry its name, in whatever case', async () => {
    const person = { roles: ['student'] as ['student'] }
    await aPerson(app, college.institution, { ...person, department: 'physics' })
    await aPerson(app, college.institution, { ...person, department: 'Physics' })
    await aPerson(app, college.institution, { ...person, department: 'Chemistry' })
    const { body } = await create('Physics')
    expect(body).toMatchObject({ peopleCount: 2, subjectCount: 0 })
    const params = { departmentId: body.id }
    const renamed = await app.call(renameDepartment, { as: college.admin, params, body: { name: 'Natural sciences' } })
    expect(renamed.body).toMatchObject({ name: 'Natural sciences', peopleCount: 2 })
    const departments = await app.db.inInstitution(college.institution.id, (tx) =>
      tx.selectFrom('people').select('department').where('department', 'is not', null).orderBy('department').execute(),
    )
    expect(departments.map(({ department }) => department)).toEqual([
      'Chemistry',
      'Natural sciences',
      'Natural sciences',
    ])
  })

  test('has a name of its own, whatever the case', async () => {
    await create('Physics')
    expect((await create('PHYSICS')).error).toBe('department-name-taken')
    const { id } = (await create('Chemistry')).body
    const rename = (name: string) =>
      app.call(renameDepartment, { as: college.admin, params: { departmentId: id }, body: { name } })
    expect((await rename('physics')).error).toBe('department-name-taken')
    expect((await rename('CHEMISTRY')).body.name).toBe('CHEMISTRY')
  })

  test('is deleted while neither a subject nor a person names it, else archived', async () => {
    const remove = (departmentId: string) => app.call(deleteDepartment, { as: college.admin, params: { departmentId } })
    const [unused, ofSubject, ofPerson] = [await create('A'), await create('B'), await create('C')]
    const subject = { code: 'B1', name: 'B', departmentId: ofSubject.body.id }
    await app.call(createSubject, { as: college.admin, body: subject })
    await aPerson(app, college.institution, { roles: ['teacher'], department: 'c' })
    expect((await remove(unused.body.id)).status).toBe(200)
    expect((await remove(ofSubject.body.id)).error).toBe('still-in-use')
    expect((await remove(ofPerson.body.id)).error).toBe('still-in-use')
    const params = { departmentId: ofPerson.body.id }
    await app.call(archiveDepartment, { as: college.admin, params, body: { archived: true } })
    expect((await list()).map(({ name, archivedAt }) => [name, archivedAt !== null])).toEqual([
      ['B', false],
      ['C', true],
    ])
    expect((await app.call(archiveDepartment, { as: college.admin, params, body: { archived: false } })).body).toEqual(
      expect.objectContaining({ name: 'C', archivedAt: null, peopleCount: 1 }),
    )
  })
})

describe('a subject', () => {
  const MATHS = { code: 'MA101', name: 'Mathematics', departmentId: null }
  const create = (body: { code: string; name: string; departmentId: string | null } = MATHS) =>
    app.call(createSubject, { as: college.admin, body })
  const list = async () => (await app.call(listSubjects, { as: college.teacher })).body.subjects

  test('has code, name and department, each of which can change', async () => {
    const department = (await app.call(createDepartment, { as: college.admin, body: { name: 'Sciences' } })).body
    const { id } = (await create()).body
    const body = { code: 'MA102', name: 'Maths', departmentId: department.id }
    const changed = await app.call(updateSubject, { as: college.admin, params: { subjectId: id }, body })
    expect(changed.body).toEqual({
      id,
      code: 'MA102',
      name: 'Maths',
      department: { id: department.id, name: 'Sciences' },
      classCount: 0,
      archivedAt: null,
    })
    expect((await auditOf(app, college.institution, id)).at(-1)).toMatchObject({
      old: { code: 'MA101', name: 'Mathematics', departmentId: null },
      new: body,
    })
  })

  test('is in a department of this institution only', async () => {
    const elsewhere = await aCollege(app)
    const { id } = (await app.call(createDepartment, { as: elsewhere.admin, body: { name: 'Sciences' } })).body
    for (const departmentId of [id, crypto.randomUUID()])
      expect((await create({ ...MATHS, departmentId })).error).toBe('bad-input')
  })

  test('has a code of its own, whatever the case', async () => {
    await create()
    expect((await create({ ...MATHS, code: 'ma101' })).error).toBe('subject-code-taken')
  })

  test('is deleted while no class is of it, archived when its classes are, and back with a new class', async () => {
    const subjectId = college.class.subjectId
    const params = { subjectId }
    const archive = () => app.call(archiveSubject, { as: college.admin, params, body: { archived: true } })
    expect((await app.call(deleteSubject, { as: college.admin, params })).error).toBe('still-in-use')
    expect((await archive()).error).toBe('still-in-use')
    await app.call(archiveClass, {
      as: college.admin,
      params: { classId: college.class.id },
      body: { archived: true },
    })
    const { code, name } = (await archive()).body
    expect((await list()).map(({ archivedAt }) => archivedAt !== null)).toEqual([true])
    const body = { name: 'Anew', subjectCode: code, subjectName: name, teacherIds: [] }
    expect((await app.call(createClass, { as: college.teacher, body })).status).toBe(200)
    expect((await list()).map(({ archivedAt }) => archivedAt)).toEqual([null])
    const { id } = (await create()).body
    expect((await app.call(deleteSubject, { as: college.admin, params: { subjectId: id } })).status).toBe(200)
  })
})

test('students of an archived class are still there to be looked at', async () => {
  const params = { classId: college.class.id }
  await app.call(archiveClass, { as: college.admin, params, body: { archived: true } })
  expect((await app.call(listClassStudents, { as: college.teacher, params })).body.students).toHaveLength(2)
})
