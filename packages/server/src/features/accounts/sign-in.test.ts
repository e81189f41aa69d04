import { getMe, signIn } from '@app/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { anInstitution, aPerson, type TestInstitution } from '../../testing/builders.ts'

let app: TestApp
let college: TestInstitution
beforeAll(async () => {
  app = await createTestApp()
  college = await anInstitution(app)
})
afterAll(() => app?.close())

const PASSWORD = 'a quiet green kettle'

test('signs in by e-mail whatever its case, and by roll number', async () => {
  const person = await aPerson(app, college, {
    roles: ['student'],
    rollNo: 'CS-17',
    email: 'asha@college.test',
    password: PASSWORD,
  })
  const byEmail = await app.call(signIn, { body: { identifier: ' Asha@College.test ', password: PASSWORD } })
  expect(byEmail.status).toBe(200)
  expect(byEmail.body.me).toMatchObject({ personId: person.id, roles: ['student'], institution: { id: college.id } })
  const byRollNo = await app.call(signIn, { body: { identifier: 'cs-17', password: PASSWORD } })
  expect(byRollNo.status).toBe(200)
  const me = await app.call(getMe, { as: { token: byRollNo.body.accessToken } })
  expect(me.body.fullName).toBe(person.fullName)
})
