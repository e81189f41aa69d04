import { inviteClassStudents, inviteImported, listClassStudents, reinvitePerson, startImport } from '@app/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, aPerson, type TestClass, type TestPerson } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { importedRows, importList } from '../../testing/builders-imports.ts'
import { aCsv, type SheetCell } from '../../testing/builders-sheets.ts'

let app: TestApp
let college: TestCollege
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  college = await aCollege(app, { students: 0 })
})

type To = { as?: TestPerson; to?: TestClass }
const upload = (rows: SheetCell[][], { as = college.teacher, to = college.class }: To = {}) =>
  importList(app, rows, { as, to })
const listed = async (of: TestClass = college.class) =>
  (await app.call(listClassStudents, { as: college.admin, params: { classId: of.id } })).body.students
const rowsOf = (importId: string, as: TestPerson = college.admin) => importedRows(app, as, importId)

describe('a teacher’s list, which is no way into an account of somebody else:', () => {
  async function aStudentOfOthers(status: 'invited' | 'active') {
    const given = { roles: ['student' as const], rollNo: 'R1', fullName: 'Ana', email: 'ana@college.edu', status }
    const student = await aPerson(app, college.institution, given)
    if (status === 'invited')
      await aClass(app, college.institution, { teachers: [college.otherTeacher], students: [student] })
    return student
  }

  test.each(['invited', 'active'] as const)('a student of others (%s) joins and is not changed', async (status) => {
    await aStudentOfOthers(status)
    const { id } = await upload([['R1', 'Mallory', 'thief@college.edu']])
    expect(await rowsOf(id)).toMatchObject([
      {
        outcome: 'changed',
        changes: [{ column: 'class' }],
        kept: {
          because: 'ask-an-administrator',
          changes: [
            { column: 'full_name', from: 'Ana', to: 'Mallory' },
            { column: 'email', from: 'ana@college.edu', to: 'thief@college.edu' },
          ],
        },
      },
    ])
    expect(nth(await listed(), 0)).toMatchObject({ fullName: 'Ana', email: 'ana@college.edu' })
    expect((await upload([['R1', 'Mallory', 'thief@college.edu']])).counts.same).toBe(1)
  })

  test('nor does joining give a link to their account', async () => {
    const student = await aStudentOfOthers('invited')
    const { id, invitable } = await upload([['R1', 'Ana']])
    expect(invitable).toEqual({ byMail: 0, byLink: 0 })
    const as = college.teacher
    expect((await app.call(inviteImported, { as, params: { importId: id } })).body.links).toEqual([])
    expect((await app.call(inviteClassStudents, { as, params: { classId: college.class.id } })).body.links).toEqual([])
    expect((await app.call(reinvitePerson, { as, params: { personId: student.id } })).error).toBe('not-allowed')
    const byAdmin = await app.call(inviteClassStudents, { as: college.admin, params: { classId: college.class.id } })
    expect(byAdmin.body.links).toHaveLength(1)
  })

  test('an administrator’s list changes them', async () => {
    await aStudentOfOthers('active')
    await upload([['R1', 'Ana Romero', 'ana.romero@college.edu']], { as: college.admin })
    expect(nth(await listed(), 0)).toMatchObject({ fullName: 'Ana Romero', email: 'ana.romero@college.edu' })
  })

  test('who teaches as well keeps name and address, whoever imports', async () => {
    const assistant = await aPerson(app, college.institution, { roles: ['student', 'teacher'], rollNo: 'R1' })
    const { id } = await upload([['R1', 'Someone', 'thief@college.edu']], { as: college.admin })
    expect(await rowsOf(id)).toMatchObject([{ kept: { because: 'works-here' } }])
    expect(nth(await listed(), 0)).toMatchObject({ fullName: assistant.fullName, email: assistant.email })
  })
})

describe('rights', () => {
  const start = (as: TestPerson, query: object, bytes = aCsv(['roll_no,full_name', 'R1,Ana'])) =>
    app.call(startImport, { as, query, file: { bytes } })

  test('a class is filled by its own teachers and by admins, nobody else', async () => {
    const query = { classId: college.class.id }
    const elsewhere = await aCollege(app, { students: 0 })
    expect((await start(college.otherTeacher, query)).error).toBe('not-allowed')
    expect((await start(await aPerson(app, college.institution, { roles: ['student'] }), query)).error).toBe(
      'not-allowed',
    )
    expect((await start(elsewhere.admin, query)).error).toBe('not-found')
    expect((await start(college.admin, query)).status).toBe(200)
  })

  test('a teacher imports students into a class and nothing else', async () => {
    expect((await start(college.teacher, {})).error).toBe('not-allowed')
    const query = { classId: college.class.id, kind: 'teachers' }
    expect((await start(college.teacher, query)).error).toBe('not-allowed')
  })

  test('a stranger’s file is not even read', async () => {
    const reply = await start(college.otherTeacher, { classId: college.class.id }, Buffer.from('nothing'))
    expect(reply.error).toBe('not-allowed')
  })
})
