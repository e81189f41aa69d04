import { changePassword, endLogin, getMe, listLogins, refresh, signIn, signOut } from '@app/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { anInstitution, aPerson, type TestInstitution } from '../../testing/builders.ts'

const PASSWORD = 'a quiet green kettle'
const DAY = 86_400_000

let app: TestApp
let college: TestInstitution
beforeAll(async () => {
  app = await createTestApp()
  college = await anInstitution(app)
})
afterAll(() => app?.close())

type WithCookies = { raw: { cookies: { name: string; value: string }[] } }
const refreshCookie = ({ raw }: WithCookies) => raw.cookies.find(({ name }) => name === '__Host-refresh')?.value

async function someoneSignedIn(userAgent = '') {
  const person = await aPerson(app, college, { roles: ['student'], password: PASSWORD })
  return { person, ...(await signInAs(person, userAgent)) }
}

async function signInAs(person: { email: string | null }, userAgent = '') {
  const reply = await app.call(signIn, {
    body: { identifier: person.email ?? '', password: PASSWORD },
    headers: { 'user-agent': userAgent },
  })
  expect(reply.status).toBe(200)
  return { token: reply.body.accessToken, cookie: refreshCookie(reply) ?? '' }
}

const refreshWith = (cookie: string, headers: Record<string, string> = {}) =>
  app.call(refresh, { headers: { ...headers, cookie: `__Host-refresh=${cookie}` } })
const me = (token: string) => app.call(getMe, { as: { token } })

test('gives new tokens for the cookie, for an hour in the browser untouched', async () => {
  let { token, cookie, person } = await someoneSignedIn()
  for (let minute = 0; minute < 60; minute += 9) {
    app.clock.advance(9 * 60_000)
    const reply = await refreshWith(cookie)
    expect(reply.status).toBe(200)
    expect(refreshCookie(reply)).not.toBe(cookie)
    cookie = refreshCookie(reply) ?? ''
    token = reply.body.accessToken
  }
  expect((await me(token)).body.personId).toBe(person.id)
})

test('stores the refresh token by its hash only', async () => {
  const { cookie } = await someoneSignedIn()
  const rows = await app.db.inInstitution(college.id, (tx) =>
    tx.selectFrom('refresh_tokens').select('token_hash').execute(),
  )
  for (const { token_hash } of rows) {
    expect(token_hash).toHaveLength(32)
    expect(token_hash.toString('latin1')).not.toContain(cookie)
  }
})

test('keeps spent tokens no longer than they could have been used', async () => {
  let { person, cookie } = await someoneSignedIn()
  for (let i = 0; i < 4; i += 1) {
    app.clock.advance(5 * DAY)
    cookie = refreshCookie(await refreshWith(cookie)) ?? ''
  }
  const { count } = await app.db.inInstitution(college.id, (tx) =>
    tx
      .selectFrom('refresh_tokens')
      .innerJoin('logins', 'logins.id', 'refresh_tokens.login_id')
      .select((count) => count.fn.countAll<string>().as('count'))
      .where('logins.person_id', '=', person.id)
      .executeTakeFirstOrThrow(),
  )
  expect(Number(count)).toBe(3)
})

test('takes a spent cookie for a stolen one: the whole sign-in ends, and the audit log says so', async () => {
  const { person, cookie } = await someoneSignedIn()
  const next = await refreshWith(cookie)
  app.clock.advance(60_000)
  const replay = await refreshWith(cookie)
  expect([replay.status, replay.error]).toEqual([401, 'sign-in-ended'])
  expect(replay.raw.cookies.find(({ name }) => name === '__Host-refresh')).toMatchObject({ value: '', maxAge: 0 })

  expect((await me(next.body.accessToken)).error).toBe('not-signed-in')
  expect((await refreshWith(refreshCookie(next) ?? '')).error).toBe('sign-in-ended')
  const audit = await app.db.inInstitution(college.id, (tx) =>
    tx.selectFrom('audit_log').select('action').where('subject_id', '=', person.id).execute(),
  )
  expect(audit).toEqual([{ action: 'refresh-token-reused' }])
})

test('lets one of two that race win, and the other one neither wins nor ends the sign-in', async () => {
  const { cookie } = await someoneSignedIn()
  const replies = await Promise.all(Array.from({ length: 8 }, () => refreshWith(cookie)))
  const won = replies.filter(({ status }) => status === 200)
  const lost = replies.filter(({ status }) => status === 401)
  expect([won.length, lost.length]).toEqual([1, 7])
  for (const reply of lost) {
    expect(reply.error).toBe('not-signed-in')
    expect(reply.raw.json().error.retryAfterSeconds).toBe(1)
    expect(reply.raw.cookies).toEqual([])
  }
  const [winner] = won
  expect((await me(winner?.body.accessToken ?? '')).status).toBe(200)
  expect((await refreshWith(winner ? (refreshCookie(winner) ?? '') : '')).status).toBe(200)
})

test('is over after 14 days without use, and after 180 days in use', async () => {
  const idle = await someoneSignedIn()
  app.clock.advance(14 * DAY)
  expect((await refreshWith(idle.cookie)).error).toBe('sign-in-ended')

  let { cookie } = await someoneSignedIn()
  for (let day = 0; day < 169; day += 13) {
    app.clock.advance(13 * DAY)
    const reply = await refreshWith(cookie)
    expect(reply.status).toBe(200)
    cookie = refreshCookie(reply) ?? ''
  }
  app.clock.advance(11 * DAY)
  expect((await refreshWith(cookie)).error).toBe('sign-in-ended')
})

describe('refuses', () => {
  test('a request without a cookie, or with one that never was', async () => {
    expect((await app.call(refresh, {})).error).toBe('not-signed-in')
    expect((await refreshWith('nonsense')).error).toBe('not-signed-in')
    const { cookie } = await someoneSignedIn()
    expect((await refreshWith(`${cookie.slice(0, -3)}AAA`)).error).toBe('not-signed-in')
  })

  test('a request that another site makes, and leaves the cookie unspent', async () => {
    const { cookie } = await someoneSignedIn()
    const foreign = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]
    for (const headers of foreign) expect((await refreshWith(cookie, headers)).error).toBe('not-allowed')
    const own = await refreshWith(cookie, { 'sec-fetch-site': 'same-origin', origin: 'https://localhost' })
    expect(own.status).toBe(200)
  })

  test('somebody who was disabled meanwhile, at once', async () => {
    const { person, token, cookie } = await someoneSignedIn()
    await app.db.inInstitution(college.id, (tx) =>
      tx.updateTable('people').set({ status: 'disabled' }).where('id', '=', person.id).execute(),
    )
    expect((await me(token)).error).toBe('not-signed-in')
    expect((await refreshWith(cookie)).error).toBe('sign-in-ended')
  })
})

test('signing out ends the sign-in and the access token with it', async () => {
  const { token, cookie } = await someoneSignedIn()
  const reply = await app.call(signOut, { headers: { cookie: `__Host-refresh=${cookie}` } })
  expect(reply.body).toEqual({ done: true })
  expect(reply.raw.cookies.find(({ name }) => name === '__Host-refresh')).toMatchObject({ value: '', maxAge: 0 })
  expect((await me(token)).error).toBe('not-signed-in')
  expect((await refreshWith(cookie)).error).toBe('sign-in-ended')
  expect((await app.call(signOut, {})).status).toBe(200)
})

const ANDROID =
  'Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36'

test('shows where one is signed in and ends one’s own sign-ins only', async () => {
  const { person, token } = await someoneSignedIn(ANDROID)
  app.clock.advance(1000)
  const second = await signInAs(person)
  const stranger = await someoneSignedIn()
  const { body } = await app.call(listLogins, { as: second })
  // The builder's own login has no refresh token and is not shown.
  expect(body.logins.map(({ device, isThisOne }) => ({ device, isThisOne }))).toEqual([
    { device: 'Unknown browser', isThisOne: true },
    { device: 'Chrome on Android', isThisOne: false },
  ])
  const loginId = body.logins[1]?.id ?? ''
  expect((await app.call(endLogin, { as: stranger, params: { loginId } })).error).toBe('not-found')
  expect((await me(token)).status).toBe(200)
  expect((await app.call(endLogin, { as: second, params: { loginId } })).status).toBe(200)
  expect((await me(token)).error).toBe('not-signed-in')
  expect((await app.call(endLogin, { as: second, params: { loginId } })).error).toBe('not-found')
})

describe('changing the password', () => {
  const NEW = 'a loud violet teapot'
  const change = (token: string, currentPassword: string, newPassword: string) =>
    app.call(changePassword, { as: { token }, body: { currentPassword, newPassword } })

  test('needs the old one and ends every other sign-in', async () => {
    const { person, token, cookie } = await someoneSignedIn()
    const other = await signInAs(person)
    expect((await change(token, 'not the old one', NEW)).error).toBe('wrong-current-password')
    expect((await me(other.token)).status).toBe(200)

    expect((await change(token, PASSWORD, NEW)).body).toEqual({ done: true })
    expect((await me(token)).status).toBe(200)
    expect((await me(other.token)).error).toBe('not-signed-in')
    expect((await refreshWith(other.cookie)).error).toBe('sign-in-ended')
    expect((await refreshWith(cookie)).status).toBe(200)
    const identifier = person.email ?? ''
    expect((await app.call(signIn, { body: { identifier, password: PASSWORD } })).error).toBe('wrong-credentials')
    expect((await app.call(signIn, { body: { identifier, password: NEW } })).status).toBe(200)
  })

  test('takes no common password, nor one’s own name, nor a short one', async () => {
    const person = await aPerson(app, college, { roles: ['student'], rollNo: 'BIO-7', password: PASSWORD })
    const { token } = await signInAs(person)
    for (const common of ['password123', 'QWERTYUIOP', person.fullName, 'BIO-72026', 'aaaaaaaaaaaa'])
      expect((await change(token, PASSWORD, common)).error).toBe('password-too-common')
    expect((await change(token, PASSWORD, 'short')).error).toBe('bad-input')
    expect((await change(token, PASSWORD, 'x'.repeat(129))).error).toBe('bad-input')
  })

  test('takes a number, even where the roll number is one', async () => {
    const person = await aPerson(app, college, { roles: ['student'], rollNo: '2026001', password: PASSWORD })
    const { token } = await signInAs(person)
    expect((await change(token, PASSWORD, '20260011')).status).toBe(200)
    expect((await change(token, '20260011', '2026001')).error).toBe('bad-input')
  })

  test('cannot be guessed at a phone that was left open', async () => {
    const { token } = await someoneSignedIn()
    for (let i = 0; i < 5; i += 1) expect((await change(token, 'guess', NEW)).error).toBe('wrong-current-password')
    expect((await change(token, PASSWORD, NEW)).error).toBe('too-many-attempts')
  })

  test('by two at once lets one through', async () => {
    const { token } = await someoneSignedIn()
    const replies = await Promise.all([change(token, PASSWORD, NEW), change(token, PASSWORD, 'a third blue pan')])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 403])
  })
})
