import { acceptInvite, lookUpInvite, reinvitePerson, signIn } from '@app/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, anInstitution, aPerson, type TestInstitution, type TestPerson } from '../../testing/builders.ts'
import { prepareInvites } from './index.ts'

const PASSWORD = 'a quiet green kettle'
const DAY = 86_400_000

let app: TestApp
let college: TestInstitution
let admin: TestPerson
beforeAll(async () => {
  app = await createTestApp()
  college = await anInstitution(app)
  admin = await aPerson(app, college, { roles: ['admin'] })
})
afterAll(() => app?.close())

const anInvited = (given: { email?: string | null; rollNo?: string | null } = {}) =>
  aPerson(app, college, { roles: ['student'], status: 'invited', ...given })

/** Empty where the admin may not invite them. */
const aLinkFor = async (person: TestPerson) => (await anInviteFor(person))?.link ?? ''

async function aCodeFor(person: TestPerson): Promise<{ link: string; code: string }> {
  const invite = await anInviteFor(person)
  if (invite === undefined) throw new Error('nobody was invited')
  return invite
}

async function anInviteFor(person: TestPerson) {
  const { links } = await app.db.inInstitution(college.id, (tx) =>
    prepareInvites(app.deps, tx, {
      institutionId: college.id,
      by: admin.id,
      personIds: [person.id],
      at: app.clock.now(),
    }),
  )
  return links[0]
}

const tokenOf = (link: string) => link.split('#')[1] ?? ''
const lookUp = (token: string) => app.call(lookUpInvite, { body: { token } })
const accept = (token: string, password = PASSWORD) => app.call(acceptInvite, { body: { token, password } })

test('tells whom an invite is for, sets the password and signs in', async () => {
  const person = await anInvited({ email: 'asha@college.test', rollNo: 'CS-1' })
  const link = await aLinkFor(person)
  expect(link).toMatch(/^https:\/\/attendance\.test\/invite#[\w-]{22}\.[\w-]{43}$/)
  const seen = await lookUp(tokenOf(link))
  expect(seen.body).toEqual({
    fullName: person.fullName,
    institutionName: college.name,
    signInName: 'asha@college.test',
    expiresAt: new Date(app.clock.now().getTime() + 7 * DAY).toISOString(),
  })
  const accepted = await accept(tokenOf(link))
  expect(accepted.body.me.personId).toBe(person.id)
  expect((await app.call(signIn, { body: { identifier: 'CS-1', password: PASSWORD } })).status).toBe(200)
})

test('names the roll number to sign in with where there is no e-mail', async () => {
  const person = await anInvited({ email: null, rollNo: 'CS-2' })
  expect((await lookUp(tokenOf(await aLinkFor(person)))).body.signInName).toBe('CS-2')
})

describe('the code of an invite', () => {
  test('opens it like its link, in whatever way it is typed, and is used up with it', async () => {
    const person = await anInvited()
    const { link, code } = await aCodeFor(person)
    expect(code).toMatch(/^\w{4}(-\w{4}){4}$/)
    const { fullName } = person
    for (const typed of [code, code.toLowerCase(), code.replaceAll('-', ''), ` ${code.replaceAll('-', ' ')} `])
      expect((await lookUp(typed)).body, typed).toMatchObject({ fullName, institutionName: college.name })
    const typed = code.replaceAll('-', '').toLowerCase()
    expect((await accept(typed)).body.me.personId).toBe(person.id)
    for (const spent of [code, tokenOf(link)]) expect((await lookUp(spent)).error).toBe('invite-invalid')
  })

  test('stops working with the link when a new invite is made or its time is up', async () => {
    const person = await anInvited()
    const first = await aCodeFor(person)
    const second = await aCodeFor(person)
    expect((await lookUp(first.code)).error).toBe('invite-invalid')
    expect((await accept(tokenOf(second.link))).status).toBe(200)
    expect((await accept(second.code)).error).toBe('invite-invalid')
  })

  test('is kept as a hash, and what is no code or nobody’s is refused like any other', async () => {
    const { code } = await aCodeFor(await anInvited())
    const kept = await app.db.inInstitution(college.id, (tx) => tx.selectFrom('invites').selectAll().execute())
    expect(JSON.stringify(kept)).not.toContain(code)
    for (const wrong of ['0000-0000-0000-0000-0000', code.slice(0, -1).padEnd(24, 'U'), code.padEnd(40, '0')])
      expect((await lookUp(wrong)).error, wrong).toBe('invite-invalid')
  })

  test('cannot be guessed at leisure: an address that is wrong too often waits', async () => {
    const from = (remoteAddress: string) =>
      app.call(lookUpInvite, { body: { token: '0000-0000-0000-0000-0000' }, remoteAddress })
    for (let i = 0; i < 60; i++) expect((await from('203.0.113.9')).error).toBe('invite-invalid')
    expect((await from('203.0.113.9')).error).toBe('too-many-attempts')
    expect((await from('203.0.113.10')).error).toBe('invite-invalid')
  })
})

describe('an invite stops working', () => {
  const invalid = async (token: string) => {
    const replies = [await lookUp(token), await accept(token, 'another grey kettle')]
    expect(replies.map(({ status, error }) => [status, error])).toEqual([
      [410, 'invite-invalid'],
      [410, 'invite-invalid'],
    ])
  }

  test('once used', async () => {
    const token = tokenOf(await aLinkFor(await anInvited()))
    expect((await accept(token)).status).toBe(200)
    await invalid(token)
  })

  test('after seven days', async () => {
    const token = tokenOf(await aLinkFor(await anInvited()))
    app.clock.advance(7 * DAY)
    await invalid(token)
    // Their own access tokens ran out as well.
    admin = await aPerson(app, college, { roles: ['admin'] })
  })

  test('when a new one is made', async () => {
    const person = await anInvited()
    const first = tokenOf(await aLinkFor(person))
    const second = tokenOf(await aLinkFor(person))
    await invalid(first)
    expect((await lookUp(second)).status).toBe(200)
  })

  test('and never worked when it is made up', async () => {
    await invalid(`${'A'.repeat(22)}.${'B'.repeat(43)}`)
    await invalid('x'.repeat(60))
  })
})

test('lets one of two who use an invite at once in', async () => {
  const token = tokenOf(await aLinkFor(await anInvited()))
  const replies = await Promise.all(Array.from({ length: 4 }, (_, i) => accept(token, `a quiet kettle ${i}`)))
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 410, 410, 410])
})

test('keeps an invite for another try when the password was too common', async () => {
  const person = await anInvited({ email: 'common@college.test' })
  const token = tokenOf(await aLinkFor(person))
  expect((await accept(token, 'common2026')).error).toBe('password-too-common')
  expect((await accept(token)).status).toBe(200)
})

test('leaves one link that works when several are made at once', async () => {
  const person = await anInvited()
  const links = await Promise.all(Array.from({ length: 5 }, () => aLinkFor(person)))
  const seen = await Promise.all(links.map((link) => lookUp(tokenOf(link))))
  expect(seen.filter(({ status }) => status === 200)).toHaveLength(1)
})

test('makes links by a teacher for students of their classes alone, who are nothing else and never had an account', async () => {
  const teacher = await aPerson(app, college, { roles: ['teacher'] })
  const student = await anInvited()
  const more = await aPerson(app, college, { roles: ['student', 'admin'], status: 'invited' })
  const elsewhere = await anInvited()
  const hadAccount = await anInvited()
  await accept(tokenOf(await aLinkFor(hadAccount)))
  await app.db.inInstitution(college.id, (tx) =>
    tx.updateTable('people').set({ status: 'invited' }).where('id', '=', hadAccount.id).execute(),
  )
  await aClass(app, college, { teachers: [teacher], students: [student, more, hadAccount] })
  const { links } = await app.db.inInstitution(college.id, (tx) =>
    prepareInvites(app.deps, tx, {
      institutionId: college.id,
      by: teacher.id,
      personIds: [student.id, more.id, elsewhere.id, hadAccount.id],
      at: app.clock.now(),
    }),
  )
  expect(links.map(({ personId }) => personId)).toEqual([student.id])
  for (const { id } of [more, elsewhere, hadAccount])
    expect((await app.call(reinvitePerson, { as: teacher, params: { personId: id } })).error).toBe('not-allowed')
})

test('makes no link by an admin for an owner, but by an owner', async () => {
  const [invitedOwner, owner] = [
    await aPerson(app, college, { roles: ['owner'], status: 'invited' }),
    await aPerson(app, college, { roles: ['owner', 'admin'] }),
  ]
  const again = (as: TestPerson) => app.call(reinvitePerson, { as, params: { personId: invitedOwner.id } })
  expect((await again(admin)).error).toBe('not-allowed')
  expect(await aLinkFor(invitedOwner)).toBe('')
  expect((await again(owner)).body.link).toContain('/invite#')
})

test('makes 500 invites in one transaction quickly, with no token in the database', async () => {
  const ids = await app.db.inInstitution(college.id, async (tx) => {
    const rows = Array.from({ length: 500 }, (_, i) => ({
      institution_id: college.id,
      id: crypto.randomUUID(),
      full_name: `Student ${i}`,
      email: null,
      phone: null,
      roll_no: `bulk-${i}`,
      batch: null,
      department: null,
      status: 'invited' as const,
      password_hash: null,
      created_at: app.clock.now(),
    }))
    await tx.insertInto('people').values(rows).execute()
    return rows.map(({ id }) => id)
  })
  const { links } = await app.db.inInstitution(college.id, (tx) =>
    prepareInvites(app.deps, tx, { institutionId: college.id, by: admin.id, personIds: ids, at: app.clock.now() }),
  )
  expect(new Set(links.map(({ link }) => link)).size).toBe(500)
  const kept = await app.db.inInstitution(college.id, (tx) => tx.selectFrom('invites').selectAll().execute())
  const secret = tokenOf(links[0]?.link ?? '').split('.')[1] ?? ''
  expect(JSON.stringify(kept)).not.toContain(secret)
})

describe('a new link', () => {
  const reinvite = (as: TestPerson, person: { id: string }) =>
    app.call(reinvitePerson, { as, params: { personId: person.id } })

  test('is made by an admin for anybody who has not used theirs', async () => {
    const person = await anInvited()
    const first = tokenOf(await aLinkFor(person))
    const reply = await reinvite(admin, person)
    expect(reply.body).toEqual({
      personId: person.id,
      sentTo: null,
      link: expect.stringContaining('/invite#'),
      code: expect.stringMatching(/^([0-9A-Z]{4}-?){5}$/),
    })
    expect((await lookUp(first)).error).toBe('invite-invalid')
    expect((await accept(tokenOf(reply.body.link ?? ''))).status).toBe(200)
    expect((await reinvite(admin, person)).error).toBe('already-done')
  })

  test('is made by a teacher for the students they teach, and for nobody else', async () => {
    const teacher = await aPerson(app, college, { roles: ['teacher'] })
    const colleague = await aPerson(app, college, { roles: ['teacher'] })
    const student = await anInvited()
    const alsoAdmin = await aPerson(app, college, { roles: ['student', 'admin'], status: 'invited' })
    await aClass(app, college, { teachers: [teacher], students: [student, alsoAdmin] })
    expect((await reinvite(teacher, student)).status).toBe(200)
    expect((await reinvite(colleague, student)).error).toBe('not-allowed')
    expect((await reinvite(teacher, alsoAdmin)).error).toBe('not-allowed')
    expect((await reinvite(await aPerson(app, college, { roles: ['student'] }), student)).error).toBe('not-allowed')
    await app.db.inInstitution(college.id, (tx) =>
      tx.updateTable('class_students').set({ left_at: app.clock.now() }).where('person_id', '=', student.id).execute(),
    )
    expect((await reinvite(teacher, student)).error).toBe('not-allowed')
  })

  test('is not made across institutions', async () => {
    const other = await anInstitution(app)
    const stranger = await aPerson(app, other, { roles: ['admin'] })
    expect((await reinvite(stranger, await anInvited())).error).toBe('not-found')
  })
})
