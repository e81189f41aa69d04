import { getInstallation, getMe, setUp, signIn } from '@app/contract'
import { afterEach, expect, test } from 'vitest'
import { hashToken } from '../../platform/crypto/keyring.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { anInstitution } from '../../testing/builders.ts'
import { asOwner } from '../../testing/database.ts'

const TOKEN = 'the-one-link-that-was-printed-at-start'
const ADMIN = {
  token: TOKEN,
  institutionName: 'Hill College',
  timeZone: 'Asia/Kolkata',
  fullName: 'Meera Nair',
  email: 'meera@hill.test',
  password: 'a quiet green kettle',
  alsoTeaches: true,
}

let app: TestApp
afterEach(() => app?.close())

const anEmptyInstallation = async () => {
  app = await createTestApp({ setUpTokenHash: hashToken(TOKEN) })
}

test('creates the first institution and signs its admin in', async () => {
  await anEmptyInstallation()
  const before = await app.call(getInstallation, {})
  expect(before.body).toEqual({ needsSetUp: true, isDemo: false, mailIsSent: false, signUpInstitutions: [] })

  const reply = await app.call(setUp, { body: ADMIN })
  expect(reply.status).toBe(200)
  expect(reply.body.me).toMatchObject({
    fullName: 'Meera Nair',
    roles: ['admin', 'owner', 'teacher'],
    institution: { name: 'Hill College', timeZone: 'Asia/Kolkata', weekStart: 1, isDemo: false },
  })
  expect((await app.call(getMe, { as: { token: reply.body.accessToken } })).status).toBe(200)
  expect((await app.call(getInstallation, {})).body.needsSetUp).toBe(false)
  const again = await app.call(signIn, { body: { identifier: ADMIN.email, password: ADMIN.password } })
  expect(again.status).toBe(200)
})

test('takes the link once', async () => {
  await anEmptyInstallation()
  expect((await app.call(setUp, { body: ADMIN })).status).toBe(200)
  const again = await app.call(setUp, { body: { ...ADMIN, email: 'other@hill.test' } })
  expect([again.status, again.error]).toEqual([410, 'set-up-link-invalid'])
})

test('lets one of two set-ups that race win, with nothing of the other left', async () => {
  await anEmptyInstallation()
  const replies = await Promise.all(
    Array.from({ length: 4 }, (_, i) =>
      app.call(setUp, { body: { ...ADMIN, institutionName: `College ${i}`, email: `admin${i}@hill.test` } }),
    ),
  )
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 410, 410, 410])
  const rows = await asOwner(
    app.databaseUrl,
    'select (select count(*) from institutions) i, (select count(*) from people) p',
  )
  expect(rows).toEqual([{ i: '1', p: '1' }])
})

test('refuses any other link, and every link where an institution exists or none was printed', async () => {
  await anEmptyInstallation()
  const wrong = await app.call(setUp, { body: { ...ADMIN, token: `${TOKEN}x` } })
  expect(wrong.error).toBe('set-up-link-invalid')
  await anInstitution(app)
  expect((await app.call(setUp, { body: ADMIN })).error).toBe('set-up-link-invalid')
  await app.close()

  app = await createTestApp({ setUpTokenHash: null })
  expect((await app.call(setUp, { body: ADMIN })).error).toBe('set-up-link-invalid')
})

test('names the field of a time zone that does not exist, and takes no common password', async () => {
  await anEmptyInstallation()
  for (const timeZone of ['Mars/Olympus', '+05:30', 'Asia/Kolkata; drop']) {
    const reply = await app.call(setUp, { body: { ...ADMIN, timeZone } })
    expect(reply.error).toBe('bad-input')
    expect(reply.raw.json().error.fields[0].path).toBe('body.timeZone')
  }
  const common = await app.call(setUp, { body: { ...ADMIN, password: 'hillcollege' } })
  expect([common.status, common.error]).toEqual([422, 'password-too-common'])
  expect((await app.call(getInstallation, {})).body.needsSetUp).toBe(true)
})
