import { readFile } from 'node:fs/promises'
import {
  acceptInvite,
  createInstitution,
  disableInstitution,
  getInstallation,
  getInstallationHealth,
  getMe,
  listInstitutions,
  lookUpInvite,
  refresh,
  requestTeacherAccount,
  signIn,
} from '@app/contract'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { anInstitution, aPerson, aSession, type TestInstitution, type TestPerson } from '../../testing/builders.ts'
import { aCollege } from '../../testing/builders-class.ts'
import { asOwner } from '../../testing/database.ts'

const PASSWORD = 'a quiet green kettle'
const NEW = {
  name: 'Valley School',
  timeZone: 'Africa/Nairobi',
  locale: 'en-KE',
  adminName: 'Vera Valley',
  adminEmail: 'vera@valley.test',
}

let app: TestApp
let home: TestInstitution
let owner: TestPerson
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app?.close())
beforeEach(async () => {
  home = await anInstitution(app, { name: 'Head Office' })
  owner = await aPerson(app, home, { roles: ['owner'] })
})

const create = (body: Partial<typeof NEW> = {}) => app.call(createInstitution, { as: owner, body: { ...NEW, ...body } })
const setDisabled = (institutionId: string, disabled: boolean) =>
  app.call(disableInstitution, { as: owner, params: { institutionId }, body: { disabled } })
const institutions = async (as = owner) => (await app.call(listInstitutions, { as })).body.institutions
const tokenOf = (link: string | null) => link?.split('#')[1] ?? ''

describe('an institution that the owner creates', () => {
  test('has a first admin, who comes in by an invite and can enrol faces there', async () => {
    const { body } = await create()
    expect(body.invite).toEqual({
      personId: expect.any(String),
      sentTo: null,
      link: expect.stringMatching(/^https:\/\/attendance\.test\/invite#/),
      code: expect.any(String),
    })
    const accepted = await app.call(acceptInvite, {
      body: { token: tokenOf(body.invite.link), password: PASSWORD },
    })
    expect(accepted.body.me).toMatchObject({
      fullName: 'Vera Valley',
      roles: ['admin'],
      institution: { name: 'Valley School', timeZone: 'Africa/Nairobi', locale: 'en-KE' },
    })
    const keys = await app.db.inInstitution(body.institutionId, (tx) =>
      tx.selectFrom('institution_keys').select('version').execute(),
    )
    expect(keys).toEqual([{ version: 1 }])
  })

  test('has its invite mailed where mail is sent', async () => {
    const mailing = await createTestApp({
      mailer: { send: async () => undefined, check: async () => true, close: () => undefined },
    })
    const as = await aPerson(mailing, await anInstitution(mailing), { roles: ['owner'] })
    const { body } = await mailing.call(createInstitution, { as, body: NEW })
    expect(body.invite).toMatchObject({ sentTo: NEW.adminEmail, link: null })
    expect(mailing.jobs.queued).toEqual([
      { queue: 'invite-mails', payload: { institutionId: body.institutionId, personIds: [body.invite.personId] } },
    ])
    await mailing.close()
  })

  test.each([
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['locale', { locale: 'not a language' }],
    ['adminEmail', { adminEmail: 'nobody' }],
    ['name', { name: ' x ' }],
  ])('is refused for its %s', async (field, wrong) => {
    const reply = await create(wrong)
    expect(reply.error).toBe('bad-input')
    expect(reply.raw.json().error.fields[0].path).toBe(`body.${field}`)
  })
})

describe('the owner’s list', () => {
  test('tells numbers of each institution, and the name of nobody', async () => {
    const college = await aCollege(app, { students: 3 })
    await aSession(app, college.class, { startedBy: college.teacher })
    const old = new Date(app.clock.now().getTime() - 8 * 86_400_000)
    await aSession(app, college.class, { startedBy: college.teacher, opensAt: old, endedAfterMinutes: 5 })
    const reply = await app.call(listInstitutions, { as: owner })
    const [told] = reply.body.institutions.filter(({ id }) => id === college.institution.id)
    expect(told).toMatchObject({ name: 'Hill College', people: 6, sessionsThisWeek: 1, disabledAt: null, isOwn: false })
    for (const { fullName, id } of [college.teacher, ...college.students]) {
      expect(reply.raw.body).not.toContain(fullName)
      expect(reply.raw.body).not.toContain(id)
    }
    expect(reply.body.institutions.filter(({ isOwn }) => isOwn).map(({ id }) => id)).toEqual([home.id])
  })

  test('answers the database’s own role nothing for whoever is no owner of the transaction’s institution', async () => {
    const admin = await aPerson(app, home, { roles: ['admin', 'teacher'] })
    const gone = await aPerson(app, home, { roles: ['owner'], status: 'disabled' })
    const elsewhere = await anInstitution(app)
    const askAs = (institutionId: string, asker: string) =>
      app.db.inInstitution(institutionId, async (tx) => {
        const list = await sql`select * from list_institutions(${asker}, now())`.execute(tx)
        const migrations = await sql`select * from list_migrations(${asker})`.execute(tx)
        return [list.rows.length > 0, migrations.rows.length > 0]
      })
    expect(await askAs(home.id, owner.id)).toEqual([true, true])
    for (const asker of [admin.id, gone.id]) expect(await askAs(home.id, asker)).toEqual([false, false])
    expect(await askAs(elsewhere.id, owner.id)).toEqual([false, false])
  })
})

describe('an institution that is disabled', () => {
  test('lets nobody in by any way and whoever is signed in out, keeps its data, and opens again', async () => {
    const there = await anInstitution(app, { name: 'Closing School', policy: { teacherSignUp: true } })
    const email = `${crypto.randomUUID()}@closing.test`
    const teacher = await aPerson(app, there, { roles: ['teacher'], email, password: PASSWORD })
    const enter = () => app.call(signIn, { body: { identifier: email, password: PASSWORD } })
    const signedIn = await enter()
    const cookie = String(signedIn.raw.headers['set-cookie']).match(/__Host-refresh=[^;]+/)?.[0] ?? ''
    const { body } = await create()
    const invited = tokenOf(body.invite.link)

    expect((await setDisabled(there.id, true)).body).toEqual({ done: true })
    await setDisabled(body.institutionId, true)
    expect((await enter()).error).toBe('wrong-credentials')
    expect((await app.call(getMe, { as: teacher })).error).toBe('not-signed-in')
    expect((await app.call(refresh, { headers: { cookie } })).error).toBe('sign-in-ended')
    expect((await app.call(lookUpInvite, { body: { token: invited } })).error).toBe('invite-invalid')
    expect((await app.call(acceptInvite, { body: { token: invited, password: PASSWORD } })).error).toBe(
      'invite-invalid',
    )
    const asked = { institutionId: there.id, fullName: 'New', email: 'new@closing.test', password: PASSWORD }
    expect((await app.call(requestTeacherAccount, { body: asked })).error).toBe('sign-up-closed')
    const { signUpInstitutions } = (await app.call(getInstallation, {})).body
    expect(signUpInstitutions.map(({ id }) => id)).not.toContain(there.id)

    await setDisabled(there.id, false)
    expect((await enter()).status).toBe(200)
    const audit = await app.db.inInstitution(there.id, (tx) =>
      tx.selectFrom('audit_log').select(['action', 'actor_id']).orderBy('id').execute(),
    )
    expect(audit).toEqual([
      { action: 'institution-disabled', actor_id: null },
      { action: 'institution-enabled', actor_id: null },
    ])
  })

  test('is not the owner’s own, nor one that does not exist', async () => {
    expect((await setDisabled(home.id, true)).error).toBe('own-institution')
    expect((await setDisabled(crypto.randomUUID(), true)).error).toBe('not-found')
    expect((await institutions()).find(({ id }) => id === home.id)?.disabledAt).toBeNull()
  })
})

describe('the health of the installation', () => {
  test('tells of each part, and of mail only where it is sent', async () => {
    const { body } = await app.call(getInstallationHealth, { as: owner })
    expect(body).toMatchObject({
      version: '0.0.0-test',
      queue: { isUp: true },
      vision: { isUp: true, workers: 1, model: 'a-model@1' },
      mail: null,
      disk: { freeBytes: 3e9, totalBytes: 9e9 },
    })
    expect(body.database.bytes).toBeGreaterThan(1e6)
    expect(body.database.migrations[0]?.name).toBe('001-foundation.sql')
  })

  test('takes what fails for down', async () => {
    const broken = await createTestApp({
      mailer: {
        send: async () => undefined,
        check: () => Promise.reject(new Error('no route to host')),
        close: () => undefined,
      },
      probes: {
        version: '1',
        startedAt: new Date(0),
        vision: () => ({ workers: 0, waiting: 0 }),
        disk: async () => null,
      },
    })
    const as = await aPerson(broken, await anInstitution(broken), { roles: ['owner'] })
    const { body } = await broken.call(getInstallationHealth, { as })
    expect(body).toMatchObject({ mail: { isUp: false }, vision: { isUp: false }, disk: null })
    await broken.close()
  })
})

test('an older database has the first admin of its oldest institution for its owner', async () => {
  const migrated = await createTestApp()
  const [first, second] = [await anInstitution(migrated), await anInstitution(migrated)]
  const admin = await aPerson(migrated, first, { roles: ['admin'] })
  migrated.clock.advance(1000)
  await aPerson(migrated, first, { roles: ['admin'] })
  await aPerson(migrated, second, { roles: ['admin'] })
  await asOwner(
    migrated.databaseUrl,
    `update institutions set created_at = created_at - interval '1 day' where id = '${first.id}'`,
  )
  const file = new URL('../../platform/db/migrations/004-people.sql', import.meta.url)
  const statement = /insert into person_roles[^;]+;/.exec(await readFile(file, 'utf8'))?.[0] ?? ''
  await asOwner(migrated.databaseUrl, statement)
  expect(await asOwner(migrated.databaseUrl, `select person_id from person_roles where role = 'owner'`)).toEqual([
    { person_id: admin.id },
  ])
  await migrated.close()
})
