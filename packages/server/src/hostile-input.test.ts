import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { changePassword, createClass, getMe, inviteTeacher, signIn } from '@app/contract'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from './app.ts'
import { ACCESS_TOKEN_MS } from './features/accounts/access-token.ts'
import { openDatabase } from './platform/db/open.ts'
import { createTestApp, type TestApp } from './testing/app.ts'
import { anInstitution, aPerson, signInAgain, type TestPerson } from './testing/builders.ts'

let app: TestApp
let admin: TestPerson
beforeAll(async () => {
  app = await createTestApp()
  admin = await aPerson(app, await anInstitution(app), { roles: ['admin', 'teacher'] })
})
afterAll(() => app?.close())

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const seconds = () => Math.floor(app.clock.now().getTime() / 1000)

type Forgery = {
  alg?: string
  typ?: string
  audience?: string
  issuer?: string
  key?: Uint8Array
  claims?: Record<string, unknown>
  lifeSeconds?: number
}

/** A token that is good but for what is said. */
function forge({ alg = 'HS256', typ = 'at+jwt', audience, issuer, key, claims, lifeSeconds = 600 }: Forgery = {}) {
  return new SignJWT({ institution: admin.institutionId, login: admin.loginId, ...claims })
    .setProtectedHeader({ alg, typ })
    .setSubject(admin.id)
    .setIssuer(issuer ?? 'smart-attendance')
    .setAudience(audience ?? 'smart-attendance-api')
    .setIssuedAt(seconds())
    .setExpirationTime(seconds() + lifeSeconds)
    .sign(key ?? app.deps.keyring.accessTokenKey)
}

const me = (token: string) => app.call(getMe, { as: { token } })

describe('an access token', () => {
  test('that is good is taken', async () => {
    expect((await me(await forge())).status).toBe(200)
  })

  test.each<[string, () => Promise<string>]>([
    ['of another secret', () => forge({ key: new Uint8Array(32) })],
    ['of another algorithm', () => forge({ alg: 'HS512' })],
    ['of another kind', () => forge({ typ: 'JWT' })],
    ['for another audience', () => forge({ audience: 'someone-else' })],
    ['of another issuer', () => forge({ issuer: 'someone-else' })],
    ['without a login', () => forge({ claims: { login: undefined } })],
    ['whose login is no id', () => forge({ claims: { login: "'; drop table people; --" } })],
    ['of a login that never was', () => forge({ claims: { login: crypto.randomUUID() } })],
    ['of another institution', () => forge({ claims: { institution: crypto.randomUUID() } })],
    ['that has expired', () => forge({ lifeSeconds: 0 })],
  ])('%s is refused', async (_, make) => {
    const reply = await me(await make())
    expect([reply.status, reply.error]).toEqual([401, 'not-signed-in'])
  })

  test('without a signature is refused, however it says so', async () => {
    const payload = encode({
      sub: admin.id,
      institution: admin.institutionId,
      login: admin.loginId,
      iss: 'smart-attendance',
      aud: 'smart-attendance-api',
      iat: seconds(),
      exp: seconds() + 600,
    })
    for (const alg of ['none', 'None', 'NONE', ''])
      for (const signature of ['', 'AA'])
        expect((await me(`${encode({ alg, typ: 'at+jwt' })}.${payload}.${signature}`)).error).toBe('not-signed-in')
    // Signed by the key read as text, as a mixed-up library would.
    const head = encode({ alg: 'HS256', typ: 'at+jwt' })
    const signature = createHmac('sha256', '').update(`${head}.${payload}`).digest('base64url')
    expect((await me(`${head}.${payload}.${signature}`)).error).toBe('not-signed-in')
  })

  test('that is no token at all is refused', async () => {
    for (const token of ['', '.', '..', 'a.b.c', 'null', encode({}), 'x'.repeat(10_000), '\u00ff.\u00ff.\u00ff'])
      expect((await me(token)).error).toBe('not-signed-in')
    for (const authorization of ['', 'Bearer', 'Basic YTpi', `bearer ${admin.token}`])
      expect((await app.call(getMe, { headers: { authorization } })).error).toBe('not-signed-in')
    const inQuery = await app.app.inject({ url: `/api/me?access_token=${admin.token}` })
    expect(inQuery.statusCode).toBe(401)
  })

  test('lasts no longer than a quarter of an hour, and not past the end of its sign-in', async () => {
    const { token, loginId } = await signInAgain(app, admin)
    expect(ACCESS_TOKEN_MS).toBeLessThanOrEqual(15 * 60_000)
    app.clock.advance(ACCESS_TOKEN_MS - 1000)
    expect((await me(token)).status).toBe(200)
    await app.db.inInstitution(admin.institutionId, (tx) =>
      tx
        .updateTable('logins')
        .set({ ended_at: app.clock.now(), ended_because: 'ended-by-person' })
        .where('id', '=', loginId)
        .execute(),
    )
    expect((await me(token)).error).toBe('not-signed-in')
    expect((await me(admin.token)).status).toBe(200)
    app.clock.advance(1000)
    expect((await me(admin.token)).error).toBe('not-signed-in')
    admin = { ...admin, ...(await signInAgain(app, admin)) }
  })
})

type Sent = { headers?: Record<string, string>; payload?: string | Buffer }
const post = (url: string, { headers = {}, payload }: Sent) =>
  app.app.inject({
    method: 'POST',
    url,
    headers: { authorization: `Bearer ${admin.token}`, ...headers },
    ...(payload === undefined ? {} : { payload }),
  })
const json = { 'content-type': 'application/json' }
const FIELD_PART = 'content-disposition: form-data; name="file"\r\n\r\n'
const FILE_PART = 'content-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'

describe('a body', () => {
  test.each<[string, Sent, number, string]>([
    ['that is missing', {}, 400, 'bad-input'],
    ['that is empty', { headers: json, payload: '' }, 400, 'bad-input'],
    ['that is cut off', { headers: json, payload: '{"identifier":"a"' }, 400, 'bad-input'],
    ['that is a list', { headers: json, payload: '[]' }, 400, 'bad-input'],
    ['that is null', { headers: json, payload: 'null' }, 400, 'bad-input'],
    [
      'with other kinds of values',
      { headers: json, payload: '{"identifier":{"$ne":1},"password":["x"]}' },
      400,
      'bad-input',
    ],
    [
      'that pollutes prototypes',
      { headers: json, payload: '{"__proto__":{"roles":["admin"]},"identifier":"a","password":"b"}' },
      400,
      'bad-input',
    ],
    [
      'that pollutes constructors',
      { headers: json, payload: '{"constructor":{"prototype":{"x":1}},"identifier":"a","password":"b"}' },
      400,
      'bad-input',
    ],
    ['of 100,000 brackets', { headers: json, payload: '['.repeat(100_000) }, 400, 'bad-input'],
    ['over the limit', { headers: json, payload: `{"identifier":"${'x'.repeat(300_000)}"}` }, 413, 'too-large'],
    [
      'of a form',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'identifier=a' },
      415,
      'wrong-media-type',
    ],
    [
      'of plain text',
      { headers: { 'content-type': 'text/plain' }, payload: '{"identifier":"a"}' },
      415,
      'wrong-media-type',
    ],
    ['of XML', { headers: { 'content-type': 'application/xml' }, payload: '<a/>' }, 415, 'wrong-media-type'],
    ['with a content type that is none', { headers: { 'content-type': ';;' }, payload: 'x' }, 415, 'wrong-media-type'],
  ])('%s is refused in the API’s own words', async (_, sent, status, code) => {
    const reply = await post('/api/sign-in', sent)
    expect([reply.statusCode, reply.json().error.code]).toEqual([status, code])
    expect(reply.json().error.requestId).toBeTruthy()
    expect(reply.headers['cache-control']).toBe('no-store')
  })

  test.each([
    ['without a boundary', 'multipart/form-data', 'x'],
    ['cut off within its file', 'multipart/form-data; boundary=b', `--b\r\n${FILE_PART}abc`],
    ['cut off within a field', 'multipart/form-data; boundary=b', `--b\r\n${FIELD_PART}abc`],
    ['with nothing in it', 'multipart/form-data; boundary=b', ''],
    [
      'with a second file',
      'multipart/form-data; boundary=b',
      `--b\r\n${FILE_PART}a\r\n--b\r\n${FILE_PART}a\r\n--b--\r\n`,
    ],
    ['whose file is a field', 'multipart/form-data; boundary=b', `--b\r\n${FIELD_PART}abc\r\n--b--\r\n`],
  ])('as a form %s is refused as bad input', async (_, contentType, payload) => {
    const url = '/api/imports'
    const reply = await post(url, { headers: { 'content-type': contentType }, payload })
    expect([reply.statusCode, reply.json().error.code]).toEqual([400, 'bad-input'])
  })

  test('with NUL in a text is a bad input that names the field, wherever it is', async () => {
    const inBody = await app.call(inviteTeacher, {
      as: admin,
      body: { fullName: 'Ra\u0000vi', email: 'ravi@x.test', roles: ['teacher'] },
    })
    expect([inBody.status, inBody.error]).toEqual([400, 'bad-input'])
    expect(inBody.raw.json().error.fields[0].path).toBe('body.fullName')
    const inIdentifier = await app.call(signIn, { body: { identifier: 'a\u0000', password: 'b' } })
    expect(inIdentifier.error).toBe('bad-input')
    const inPassword = await app.call(changePassword, {
      as: admin,
      body: { currentPassword: 'a\u0000b', newPassword: 'a quiet green kettle' },
    })
    expect(inPassword.error).toBe('bad-input')
  })

  test('with half a character, a right-to-left mark or an emoji in a name breaks nothing', async () => {
    for (const fullName of ['\ud800', '\u202eivaR', '👩🏽‍🏫', 'x'.repeat(200), "Robert'); drop table people;--"]) {
      const email = `${crypto.randomUUID()}@x.test`
      const reply = await app.call(inviteTeacher, { as: admin, body: { fullName, email, roles: ['teacher'] } })
      expect(reply.status).toBe(200)
    }
  })

  test('with spaces around an e-mail address, as phones put them there, is taken without them', async () => {
    const reply = await app.call(inviteTeacher, {
      as: admin,
      body: { fullName: 'Ravi', email: ' Spaces@X.test ', roles: ['teacher'] },
    })
    expect(reply.status).toBe(200)
    const again = { fullName: 'Ravi', email: 'spaces@x.test', roles: ['teacher' as const] }
    expect((await app.call(inviteTeacher, { as: admin, body: again })).error).toBe('email-taken')
  })

  test('cut in the middle of an emoji is kept, also where the history keeps it', async () => {
    const named = { name: 'Physics \ud83d', subjectCode: 'PH', subjectName: 'Physics', teacherIds: [admin.id] }
    const reply = await app.call(createClass, { as: admin, body: named })
    expect([reply.status, reply.body.name]).toEqual([200, 'Physics \ufffd'])
  })

  test('with fields that nobody asked for gives nobody a role', async () => {
    const body = { fullName: 'Ravi', email: 'more@x.test', roles: ['teacher'], status: 'active', isAdmin: true }
    expect((await post('/api/staff', { headers: json, payload: JSON.stringify(body) })).statusCode).toBe(200)
    const owner = { ...body, email: 'owner@x.test', roles: ['owner'] }
    expect((await post('/api/staff', { headers: json, payload: JSON.stringify(owner) })).statusCode).toBe(400)
  })
})

describe('an address', () => {
  test.each([
    ['/api/people/not-a-uuid/invite', 'POST', 400],
    [`/api/people/${'9'.repeat(99)}/invite`, 'POST', 400],
    ['/api/people/%00/invite', 'POST', 400],
    ['/api/people/%ff/invite', 'POST', 400],
    ["/api/people/' or 1=1/invite", 'POST', 400],
    [`/api/${'x/'.repeat(2000)}`, 'GET', 404],
    ['/api/me', 'DELETE', 404],
    ['/api/me', 'OPTIONS', 404],
  ] as const)('%s by %s is refused with a clear error', async (url, method, status) => {
    const reply = await app.app.inject({ url, method, headers: { authorization: `Bearer ${admin.token}` } })
    expect(reply.statusCode).toBe(status)
    expect(reply.json().error.code).toMatch(/^(bad-input|not-found)$/)
  })
})

test('shows nothing of the server in what is broken', async () => {
  const broken = await createTestApp()
  await broken.db.outside(async () => undefined)
  await broken.db.close()
  const reply = await broken.call(signIn, { body: { identifier: 'a', password: 'b' } })
  expect(reply.status).toBeGreaterThanOrEqual(500)
  expect(Object.keys(reply.raw.json().error).sort()).toEqual(['code', 'requestId'])
  await broken.close().catch(() => undefined)
})

test('a database that goes away is told apart from a broken server', async () => {
  const dropping = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  await once(dropping, 'listening')
  const { port } = dropping.address() as AddressInfo
  const codes: unknown[] = []
  const ask = async (host: string) => {
    const db = openDatabase(`postgres://nobody@${host}/none`, { maxConnections: 1, onIdleError: () => undefined })
    const away = await buildApp({ ...app.deps, db })
    const reply = await away.inject({
      method: 'POST',
      url: '/api/sign-in',
      payload: { identifier: 'a', password: 'b' },
    })
    codes.push([reply.statusCode, reply.json().error.code])
    await away.close()
    await db.close()
  }
  await ask(`127.0.0.1:${port}`)
  await ask('no-such-host.invalid')
  dropping.close()
  await once(dropping, 'close')
  await ask(`127.0.0.1:${port}`)
  expect(codes).toEqual(Array.from({ length: 3 }, () => [503, 'database-unavailable']))
})
