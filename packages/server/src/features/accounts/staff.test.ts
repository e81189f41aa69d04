import {
  decideTeacherAccount,
  getInstallation,
  getMe,
  inviteTeacher,
  listStaff,
  requestTeacherAccount,
  signIn,
} from '@app/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { anInstitution, aPerson, type TestInstitution, type TestPerson } from '../../testing/builders.ts'

const PASSWORD = 'a quiet green kettle'

let app: TestApp
let college: TestInstitution
let admin: TestPerson
beforeAll(async () => {
  app = await createTestApp()
  college = await anInstitution(app, { policy: { teacherSignUp: true } })
  admin = await aPerson(app, college, { roles: ['admin'], fullName: 'Ada Admin' })
})
afterAll(() => app?.close())

const ask = (email: string, institutionId = college.id) =>
  app.call(requestTeacherAccount, {
    body: { institutionId, fullName: 'Tara Teacher', email, password: PASSWORD },
  })
const enter = (email: string) => app.call(signIn, { body: { identifier: email, password: PASSWORD } })
const staff = async () => (await app.call(listStaff, { as: admin })).body.staff
const decide = (personId: string, decision: 'approve' | 'decline', as = admin) =>
  app.call(decideTeacherAccount, { as, params: { personId }, body: { decision } })
const waiting = async (email: string) => (await staff()).find((one) => one.email === email)

describe('a teacher who signs up', () => {
  test('is offered only institutions whose policy allows it', async () => {
    const closed = await anInstitution(app, { name: 'Closed College' })
    const { body } = await app.call(getInstallation, {})
    expect(body.signUpInstitutions).toEqual([{ id: college.id, name: college.name }])
    expect((await ask('new@closed.test', closed.id)).error).toBe('sign-up-closed')
    expect((await ask('new@closed.test', crypto.randomUUID())).error).toBe('sign-up-closed')
  })

  test('waits, heads the admin’s list, and gets in when an admin approves', async () => {
    expect((await ask('tara@college.test')).body).toEqual({ done: true })
    expect((await enter('tara@college.test')).error).toBe('awaiting-approval')
    const [first] = await staff()
    expect(first).toMatchObject({ email: 'tara@college.test', status: 'awaiting-approval', roles: ['teacher'] })
    expect((await decide(first?.personId ?? '', 'approve')).body).toEqual({ done: true })
    expect((await enter('tara@college.test')).status).toBe(200)
    expect((await decide(first?.personId ?? '', 'decline')).error).toBe('already-done')
  })

  test('is forgotten when declined, and may ask again', async () => {
    await ask('maybe@college.test')
    const person = await waiting('maybe@college.test')
    expect((await decide(person?.personId ?? '', 'decline')).status).toBe(200)
    expect((await enter('maybe@college.test')).error).toBe('wrong-credentials')
    expect(await waiting('maybe@college.test')).toBeUndefined()
    expect((await decide(person?.personId ?? '', 'approve')).error).toBe('not-found')
    await ask('maybe@college.test')
    expect(await waiting('maybe@college.test')).toBeDefined()
  })

  test('is answered alike for an address that is known, and changes nothing there', async () => {
    const known = await aPerson(app, college, { roles: ['teacher'], email: 'known@college.test' })
    expect((await ask('known@college.test')).body).toEqual({ done: true })
    expect((await enter('known@college.test')).error).toBe('wrong-credentials')
    expect((await waiting('known@college.test'))?.personId).toBe(known.id)
  })

  test('is decided once when two admins race', async () => {
    await ask('raced@college.test')
    const person = await waiting('raced@college.test')
    const replies = await Promise.all(Array.from({ length: 4 }, () => decide(person?.personId ?? '', 'approve')))
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
  })

  test('is slowed down when one address asks for many accounts', async () => {
    const errors = new Set<string | undefined>()
    for (let i = 0; i < 22; i += 1) {
      const reply = await app.call(requestTeacherAccount, {
        body: { institutionId: crypto.randomUUID(), fullName: 'Bot', email: `bot${i}@x.test`, password: PASSWORD },
        remoteAddress: '198.51.100.99',
      })
      errors.add(reply.error)
    }
    expect(errors).toEqual(new Set(['sign-up-closed', 'too-many-attempts']))
  })
})

describe('inviting', () => {
  const invite = (email: string, as: TestPerson = admin) =>
    app.call(inviteTeacher, { as, body: { fullName: 'Ravi Menon', email, roles: ['teacher', 'admin'] } })

  test('gives the admin a link where no mail is sent, and tells of an address that is taken', async () => {
    const reply = await invite('ravi@college.test')
    expect(reply.body).toMatchObject({ sentTo: null, link: expect.stringContaining('/invite#') })
    expect(await waiting('ravi@college.test')).toMatchObject({ status: 'invited', roles: ['admin', 'teacher'] })
    expect((await invite('RAVI@college.test')).error).toBe('email-taken')
    const audit = await app.db.inInstitution(college.id, (tx) =>
      tx.selectFrom('audit_log').selectAll().where('subject_id', '=', reply.body.personId).execute(),
    )
    expect(audit).toMatchObject([{ action: 'person-invited', actor_id: admin.id, new_value: { by: 'link' } }])
    expect(JSON.stringify(audit)).not.toContain(reply.body.link?.split('#')[1])
  })

  test('by two at once makes one person', async () => {
    const replies = await Promise.all([invite('twice@college.test'), invite('twice@college.test')])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
  })
})

test('is for the institution’s admins alone, and lists no one of another', async () => {
  const teacher = await aPerson(app, college, { roles: ['teacher'] })
  const other = await anInstitution(app)
  const otherAdmin = await aPerson(app, other, { roles: ['admin'] })
  await ask('walled@college.test')
  const person = await waiting('walled@college.test')
  expect((await decide(person?.personId ?? '', 'approve', teacher)).error).toBe('not-allowed')
  expect((await decide(person?.personId ?? '', 'approve', otherAdmin)).error).toBe('not-found')
  expect((await app.call(listStaff, { as: teacher })).error).toBe('not-allowed')
  const { body } = await app.call(listStaff, { as: otherAdmin })
  expect(body.staff.map(({ personId }) => personId)).toEqual([otherAdmin.id])
  expect((await app.call(getMe, {})).error).toBe('not-signed-in')
})
