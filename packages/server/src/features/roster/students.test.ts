import { randomUUID } from 'node:crypto'
import { inviteClassStudents, listClassStudents, lookUpInvite, removeStudent } from '@app/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, aPerson, type TestPerson } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { anImport } from '../../testing/builders-imports.ts'
import { aCsv } from '../../testing/builders-sheets.ts'
import { listStudentsForSession } from './index.ts'

let app: TestApp
let college: TestCollege
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  college = await aCollege(app)
})

const inCollege = <Result>(work: Parameters<typeof app.db.inInstitution<Result>>[1]) =>
  app.db.inInstitution(college.institution.id, work)
const list = (as: { token: string } = college.teacher) =>
  app.call(listClassStudents, { as, params: { classId: college.class.id } })
const remove = (person: { id: string }, as: { token: string } = college.teacher) =>
  app.call(removeStudent, { as, params: { classId: college.class.id, personId: person.id } })
const invite = (as: { token: string } = college.teacher) =>
  app.call(inviteClassStudents, { as, params: { classId: college.class.id } })

async function addTemplate(person: TestPerson): Promise<void> {
  await inCollege((tx) =>
    tx
      .insertInto('face_templates')
      .values({
        institution_id: college.institution.id,
        id: randomUUID(),
        person_id: person.id,
        model: app.deps.faceModel.name,
        key_version: 1,
        sealed: Buffer.alloc(1),
        frames: 3,
        created_at: app.clock.now(),
        verified_at: app.clock.now(),
      })
      .execute(),
  )
}

describe('the students of a class', () => {
  test('come by roll number as people count: 2 before 10', async () => {
    const rollNos = ['R10', 'R2', 'r3', 'R1-B', 'R1-A']
    const students = await Promise.all(
      rollNos.map((rollNo) => aPerson(app, college.institution, { roles: ['student'], rollNo: `${rollNo}x` })),
    )
    const taught = await aClass(app, college.institution, { teachers: [college.teacher], students })
    const { body } = await app.call(listClassStudents, { as: college.teacher, params: { classId: taught.id } })
    expect(body.students.map(({ rollNo }) => rollNo)).toEqual(['R1-Ax', 'R1-Bx', 'R2x', 'r3x', 'R10x'])
  })

  test('show how far their account and their face are', async () => {
    const [enrolled, again] = [nth(college.students, 0), nth(college.students, 1)]
    await addTemplate(enrolled)
    await addTemplate(again)
    const set = (id: string, value: { may_enrol_again?: boolean; status?: 'invited' | 'disabled' }) =>
      inCollege((tx) => tx.updateTable('people').set(value).where('id', '=', id).execute())
    await set(again.id, { may_enrol_again: true, status: 'disabled' })
    const look = async () => (await list()).body.students.map(({ account, face }) => [account, face])
    expect(await look()).toEqual([
      ['active', 'enrolled'],
      ['disabled', 'may-enrol-again'],
    ])
    await inCollege((tx) =>
      tx
        .insertInto('enrolment_holds')
        .values({
          institution_id: college.institution.id,
          id: randomUUID(),
          person_id: enrolled.id,
          looks_like_id: again.id,
          model: 'test',
          key_version: 1,
          sealed: null,
          frames: 3,
          created_at: app.clock.now(),
          decided_at: null,
          decided_by: null,
          decision: null,
        })
        .execute(),
    )
    expect((await look())[0]).toEqual(['active', 'held'])
  })

  test('are shown to the class’s teachers and to admins', async () => {
    expect((await list(college.admin)).status).toBe(200)
    expect((await list(college.otherTeacher)).error).toBe('not-allowed')
    expect((await list((await aCollege(app)).admin)).error).toBe('not-found')
  })
})

describe('a student who leaves', () => {
  test('is gone from the list; their stay and their account remain', async () => {
    const student = nth(college.students, 0)
    expect((await remove(student)).body).toEqual({ done: true })
    expect((await list()).body.students.map(({ personId }) => personId)).toEqual([nth(college.students, 1).id])
    const stays = await inCollege((tx) =>
      tx.selectFrom('class_students').select('left_at').where('person_id', '=', student.id).execute(),
    )
    expect(stays).toEqual([{ left_at: app.clock.now() }])
  })

  test('cannot leave twice, nor a class they are not in', async () => {
    const student = nth(college.students, 0)
    const replies = await Promise.all([remove(student), remove(student), remove(student)])
    expect(replies.map(({ error }) => error).sort()).toEqual(['not-found', 'not-found', undefined])
    expect((await remove(college.otherTeacher)).error).toBe('not-found')
  })

  test('is sent away by the class’s teachers and admins only', async () => {
    const student = nth(college.students, 0)
    expect((await remove(student, college.otherTeacher)).error).toBe('not-allowed')
    expect((await remove(student, student)).error).toBe('not-allowed')
    expect((await remove(student, (await aCollege(app)).admin)).error).toBe('not-found')
    expect((await list()).body.students).toHaveLength(2)
  })

  test('and comes back in the same instant goes on as if nothing had been', async () => {
    const upload = () =>
      anImport(app, {
        as: college.teacher,
        classId: college.class.id,
        bytes: aCsv(['roll_no,full_name', 'Z1,Zoë']),
      })
    await upload()
    const added = nth((await list()).body.students, 2)
    await remove({ id: added.personId })
    expect((await upload()).counts.changed).toBe(1)
    expect((await list()).body.students).toHaveLength(3)
  })
})

describe('new invites', () => {
  test('go to those of the class who have not used theirs, and end the earlier links', async () => {
    const waiting = await aPerson(app, college.institution, { roles: ['student'], rollNo: 'W1', status: 'invited' })
    const taught = await aClass(app, college.institution, {
      teachers: [college.teacher],
      students: [waiting, ...college.students],
    })
    const ask = () => app.call(inviteClassStudents, { as: college.teacher, params: { classId: taught.id } })
    const first = (await ask()).body
    const second = (await ask()).body
    expect(second).toMatchObject({ mailed: 0, links: [{ personId: waiting.id, rollNo: 'W1' }] })
    const open = async (link: string) =>
      (await app.call(lookUpInvite, { body: { token: link.split('#')[1] ?? '' } })).error
    expect(await open(nth(first.links, 0).link)).toBe('invite-invalid')
    expect(await open(nth(second.links, 0).link)).toBeUndefined()
  })

  test('are made by the class’s teachers and admins only', async () => {
    expect((await invite()).body).toEqual({ mailed: 0, links: [] })
    expect((await invite(college.otherTeacher)).error).toBe('not-allowed')
    expect((await invite((await aCollege(app)).teacher)).error).toBe('not-found')
  })
})

describe('whom a session counts for', () => {
  test('those whose stay touches it, once each', async () => {
    const [early, late, both] = await Promise.all(
      ['E1', 'L1', 'B1'].map((rollNo) => aPerson(app, college.institution, { roles: ['student'], rollNo })),
    )
    const taught = await aClass(app, college.institution, {})
    const minute = (count: number) => new Date(app.clock.now().getTime() + count * 60_000)
    const stays: [TestPerson | undefined, Date, Date | null][] = [
      [early, minute(0), minute(10)],
      [late, minute(70), null],
      [both, minute(0), minute(20)],
      [both, minute(30), null],
    ]
    await inCollege((tx) =>
      tx
        .insertInto('class_students')
        .values(
          stays.map(([person, joined_at, left_at]) => ({
            institution_id: college.institution.id,
            class_id: taught.id,
            person_id: person?.id ?? '',
            joined_at,
            left_at,
          })),
        )
        .execute(),
    )
    const during = (from: number, until: number) =>
      inCollege((tx) => listStudentsForSession(tx, { classId: taught.id, opensAt: minute(from), until: minute(until) }))
    const rollNos = async (from: number, until: number) => (await during(from, until)).map(({ rollNo }) => rollNo)
    expect(await rollNos(10, 70)).toEqual(['B1'])
    expect(await rollNos(9, 71)).toEqual(['B1', 'E1', 'L1'])
    expect(await rollNos(20, 30)).toEqual([])
  })
})
