import { getMe, signIn } from '@app/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { anInstitution, aPerson, type TestInstitution } from '../../testing/builders.ts'
import { somebodyWaits } from '../../testing/somebody-waits.ts'
import { endOtherLogins } from './logins.store.ts'
import { lockPerson, setPassword } from './people.store.ts'

const PASSWORD = 'a quiet green kettle'

let app: TestApp
let college: TestInstitution
beforeAll(async () => {
  app = await createTestApp()
  college = await anInstitution(app)
})
afterAll(() => app?.close())

type More = { address?: string; cookie?: string; institutionId?: string }
function trySignIn(identifier: string, password: string, { institutionId, ...more }: More = {}) {
  return app.call(signIn, {
    body: { identifier, password, ...(institutionId === undefined ? {} : { institutionId }) },
    remoteAddress: more.address ?? '192.0.2.10',
    headers: more.cookie ? { cookie: more.cookie } : {},
  })
}

const deviceCookie = (reply: { raw: { cookies: { name: string; value: string }[] } }) =>
  `__Host-device=${reply.raw.cookies.find(({ name }) => name === '__Host-device')?.value}`

test('signs in by e-mail whatever its case, and by roll number', async () => {
  const person = await aPerson(app, college, {
    roles: ['student'],
    rollNo: 'CS-17',
    email: 'asha@college.test',
    password: PASSWORD,
  })
  const byEmail = await trySignIn(' Asha@College.test ', PASSWORD)
  expect(byEmail.status).toBe(200)
  expect(byEmail.body.me).toMatchObject({ personId: person.id, roles: ['student'], institution: { id: college.id } })
  const byRollNo = await trySignIn('cs-17', PASSWORD)
  expect(byRollNo.status).toBe(200)
  const me = await app.call(getMe, { as: { token: byRollNo.body.accessToken } })
  expect(me.body.fullName).toBe(person.fullName)
})

test('gives the refresh token in a cookie that scripts and other sites never see, and nowhere in the body', async () => {
  await aPerson(app, college, { roles: ['student'], email: 'cookie@college.test', password: PASSWORD })
  const reply = await trySignIn('cookie@college.test', PASSWORD)
  const cookie = reply.raw.cookies.find(({ name }) => name === '__Host-refresh')
  expect(cookie).toMatchObject({ path: '/', httpOnly: true, secure: true, sameSite: 'Strict', maxAge: 14 * 86_400 })
  expect(cookie).not.toHaveProperty('domain')
  expect(reply.raw.body).not.toContain(cookie?.value)
  const lifeMs = Date.parse(reply.body.expiresAt) - app.clock.now().getTime()
  expect(lifeMs).toBeLessThanOrEqual(15 * 60_000)
})

test('answers an unknown account like a wrong password', async () => {
  await aPerson(app, college, { roles: ['student'], email: 'known@college.test', password: PASSWORD })
  const unknown = await trySignIn('unknown@college.test', PASSWORD)
  const wrong = await trySignIn('known@college.test', 'not the password')
  expect([unknown.status, unknown.error]).toEqual([401, 'wrong-credentials'])
  expect([wrong.status, wrong.error]).toEqual([401, 'wrong-credentials'])
  expect(Object.keys(unknown.raw.json().error)).toEqual(Object.keys(wrong.raw.json().error))
  expect(unknown.raw.cookies).toEqual([])
})

test('refuses a disabled person like a stranger, and tells a waiting teacher that they wait', async () => {
  await aPerson(app, college, {
    roles: ['student'],
    email: 'left@college.test',
    password: PASSWORD,
    status: 'disabled',
  })
  await aPerson(app, college, {
    roles: ['teacher'],
    email: 'waiting@college.test',
    password: PASSWORD,
    status: 'awaiting-approval',
  })
  expect((await trySignIn('left@college.test', PASSWORD)).error).toBe('wrong-credentials')
  expect((await trySignIn('waiting@college.test', PASSWORD)).error).toBe('awaiting-approval')
  expect((await trySignIn('waiting@college.test', 'not the password')).error).toBe('wrong-credentials')
})

test('refuses the old password while another device is changing it', async () => {
  const person = await aPerson(app, college, { roles: ['student'], email: 'racing@college.test', password: PASSWORD })
  // What a change of password does, with the sign-in let in between.
  const { begun } = await app.db.inInstitution(college.id, async (tx) => {
    await lockPerson(tx, person.id)
    const signingIn = trySignIn('racing@college.test', PASSWORD)
    await somebodyWaits(app)
    await setPassword(tx, { id: person.id, passwordHash: 'another', status: 'active' })
    await endOtherLogins(tx, { personId: person.id, loginId: person.loginId, at: app.clock.now() })
    return { begun: signingIn }
  })
  expect((await begun).error).toBe('wrong-credentials')
})

describe('someone known at several institutions', () => {
  test('is asked which one only where the password is good in more than one', async () => {
    const other = await anInstitution(app, { name: 'Valley School' })
    const here = await aPerson(app, college, { roles: ['teacher'], email: 'two@jobs.test', password: PASSWORD })
    const there = await aPerson(app, other, { roles: ['teacher'], email: 'two@jobs.test', password: PASSWORD })
    await aPerson(app, college, { roles: ['teacher'], email: 'apart@jobs.test', password: PASSWORD })
    const apart = await aPerson(app, other, {
      roles: ['teacher'],
      email: 'apart@jobs.test',
      password: 'another grey kettle',
    })

    const asked = await trySignIn('two@jobs.test', PASSWORD)
    expect([asked.status, asked.error]).toEqual([409, 'choose-institution'])
    expect(asked.raw.json().error.institutions).toEqual([
      { id: college.id, name: college.name },
      { id: other.id, name: other.name },
    ])
    const body = { identifier: 'two@jobs.test', password: PASSWORD }
    const chosen = await app.call(signIn, { body: { ...body, institutionId: other.id } })
    expect(chosen.body.me.personId).toBe(there.id)
    expect(chosen.body.me.personId).not.toBe(here.id)
    expect((await trySignIn('apart@jobs.test', 'another grey kettle')).body.me.personId).toBe(apart.id)
  })
})

describe('guessing', () => {
  test('makes the guesser wait longer and longer, and no longer for the waiting', async () => {
    await aPerson(app, college, { roles: ['student'], email: 'guessed@college.test', password: PASSWORD })
    const guess = () => trySignIn('guessed@college.test', 'wrong wrong wrong', { address: '198.51.100.1' })
    for (let i = 0; i < 5; i += 1) expect((await guess()).error).toBe('wrong-credentials')
    const refused = await guess()
    expect([refused.status, refused.error]).toEqual([429, 'too-many-attempts'])
    expect(refused.raw.json().error.retryAfterSeconds).toBe(30)
    expect(refused.raw.headers['retry-after']).toBe('30')

    app.clock.advance(30_000)
    expect((await guess()).error).toBe('wrong-credentials')
    expect((await guess()).raw.json().error.retryAfterSeconds).toBe(60)
    const right = await trySignIn('guessed@college.test', PASSWORD, { address: '198.51.100.1' })
    expect(right.error).toBe('too-many-attempts')
  })

  test('from elsewhere does not lock the person out', async () => {
    await aPerson(app, college, { roles: ['student'], email: 'victim@college.test', password: PASSWORD })
    for (let i = 0; i < 8; i += 1)
      await trySignIn('victim@college.test', 'wrong wrong wrong', { address: `198.51.100.${20 + (i % 2)}` })
    const victim = await trySignIn('victim@college.test', PASSWORD, { address: '203.0.113.5' })
    expect(victim.status).toBe(200)
  })

  test('from the same address does not lock out a device that signed in before', async () => {
    await aPerson(app, college, { roles: ['student'], email: 'dorm@college.test', password: PASSWORD })
    const address = '198.51.100.40'
    const cookie = deviceCookie(await trySignIn('dorm@college.test', PASSWORD, { address }))
    for (let i = 0; i < 8; i += 1) await trySignIn('dorm@college.test', 'wrong wrong wrong', { address })
    expect((await trySignIn('dorm@college.test', PASSWORD, { address })).error).toBe('too-many-attempts')
    expect((await trySignIn('dorm@college.test', PASSWORD, { address, cookie })).status).toBe(200)
  })

  test('is slowed down on a known device too, and a made-up mark is no known device', async () => {
    await aPerson(app, college, { roles: ['student'], email: 'lost@college.test', password: PASSWORD })
    const address = '198.51.100.41'
    const cookie = deviceCookie(await trySignIn('lost@college.test', PASSWORD, { address }))
    const errors = new Set<string | undefined>()
    for (let i = 0; i < 12; i += 1)
      errors.add((await trySignIn('lost@college.test', 'wrong wrong wrong', { address, cookie })).error)
    expect(errors).toContain('too-many-attempts')

    const forged = cookie.replace(/.{6}$/, 'AAAAAA')
    for (let i = 0; i < 6; i += 1)
      await trySignIn('lost@college.test', 'wrong wrong wrong', { address: '198.51.100.42' })
    const withForged = await trySignIn('lost@college.test', PASSWORD, { address: '198.51.100.42', cookie: forged })
    expect(withForged.error).toBe('too-many-attempts')
  })

  test('under made-up addresses in a header gets no more free ones', async () => {
    await aPerson(app, college, { roles: ['student'], email: 'spoofed@college.test', password: PASSWORD })
    const errors: (string | undefined)[] = []
    for (let i = 0; i < 6; i += 1) {
      const reply = await app.call(signIn, {
        body: { identifier: 'spoofed@college.test', password: 'wrong wrong wrong' },
        remoteAddress: '198.51.100.60',
        headers: {
          'x-forwarded-for': `203.0.113.${i}`,
          forwarded: `for=203.0.113.${i}`,
          'x-real-ip': `203.0.113.${i}`,
        },
      })
      errors.push(reply.error)
    }
    expect(errors.at(-1)).toBe('too-many-attempts')
  })

  test('behind a trusted proxy is told apart by the address the proxy saw', async () => {
    const proxied = await createTestApp({ trustedProxies: 1 })
    const guess = (seen: string) =>
      proxied.call(signIn, {
        body: { identifier: 'anybody@college.test', password: 'wrong wrong wrong' },
        // What stands before the proxy's own entry was said by the guesser.
        headers: { 'x-forwarded-for': `${crypto.randomUUID()}, ${seen}` },
      })
    for (let i = 0; i < 5; i += 1) expect((await guess('198.51.100.61')).error).toBe('wrong-credentials')
    expect((await guess('198.51.100.61')).error).toBe('too-many-attempts')
    expect((await guess('198.51.100.62')).error).toBe('wrong-credentials')
    await proxied.close()
  })

  test('with many guesses at once gets no more free ones', async () => {
    await aPerson(app, college, { roles: ['student'], email: 'burst@college.test', password: PASSWORD })
    const guesses = await Promise.all(
      Array.from({ length: 30 }, () =>
        trySignIn('burst@college.test', 'wrong wrong wrong', { address: '198.51.100.50' }),
      ),
    )
    expect(guesses.filter(({ error }) => error === 'wrong-credentials')).toHaveLength(5)
    expect(guesses.filter(({ error }) => error === 'too-many-attempts')).toHaveLength(25)
  })

  test('is forgotten once the right password was given', async () => {
    await aPerson(app, college, { roles: ['student'], email: 'typo@college.test', password: PASSWORD })
    for (let round = 0; round < 3; round += 1) {
      for (let i = 0; i < 4; i += 1)
        expect((await trySignIn('typo@college.test', 'wrong wrong')).error).toBe('wrong-credentials')
      expect((await trySignIn('typo@college.test', PASSWORD)).status).toBe(200)
    }
  })

  describe('at somebody who has the same roll number elsewhere', () => {
    const OWN = 'some other grey pot'
    const WRONG = 'wrong wrong wrong'

    async function twoOfOneNumber(rollNo: string) {
      const elsewhere = await anInstitution(app, { name: 'Valley School' })
      await aPerson(app, elsewhere, { roles: ['student'], rollNo, password: OWN })
      await aPerson(app, college, { roles: ['student'], rollNo, password: PASSWORD })
      return elsewhere
    }

    test.each([
      ['asking for that institution', true],
      ['asking for none', false],
    ])('is not made free again by one’s own password, %s', async (_, isNamed) => {
      const rollNo = `SAME-${isNamed}`
      const elsewhere = await twoOfOneNumber(rollNo)
      const at = { address: isNamed ? '198.51.100.90' : '198.51.100.91' }
      const errors: (string | undefined)[] = []
      for (let i = 0; i < 4; i += 1) {
        for (let j = 0; j < 3; j += 1)
          errors.push((await trySignIn(rollNo, WRONG, isNamed ? { ...at, institutionId: college.id } : at)).error)
        await trySignIn(rollNo, OWN, isNamed ? { ...at, institutionId: elsewhere.id } : at)
      }
      expect(errors.filter((error) => error === 'wrong-credentials')).toHaveLength(5)
    })

    test('is not let off by one’s own device', async () => {
      const elsewhere = await twoOfOneNumber('SAME-3')
      const at = { address: '198.51.100.92' }
      const own = await trySignIn('SAME-3', OWN, { ...at, institutionId: elsewhere.id })
      const errors: (string | undefined)[] = []
      for (let i = 0; i < 8; i += 1)
        errors.push((await trySignIn('SAME-3', WRONG, { ...at, cookie: deviceCookie(own) })).error)
      expect(errors.filter((error) => error === 'wrong-credentials')).toHaveLength(5)
    })
  })

  test('under letters that only the database calls the same gets no more free ones', async () => {
    await aPerson(app, college, { roles: ['teacher'], email: 'mimi@college.test', password: PASSWORD })
    const at = { address: '198.51.100.93' }
    const errors: (string | undefined)[] = []
    for (const name of ['mimi', 'm\u0130mi', 'mim\u0130', 'm\u0130m\u0130', 'MIMI', 'mimI'])
      errors.push((await trySignIn(`${name}@college.test`, 'wrong wrong wrong', at)).error)
    expect(errors.at(-1)).toBe('too-many-attempts')
  })

  test('leaves neither addresses nor names in the table of counters', async () => {
    await trySignIn('somebody@college.test', 'wrong wrong wrong', { address: '198.51.100.77' })
    const rows = await app.db.outside((tx) => tx.selectFrom('throttles').selectAll().execute())
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) expect(row.key_hash).toHaveLength(32)
  })
})
