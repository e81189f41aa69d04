import { changePolicy, getInstallation, getPolicy, type PolicyView } from '@app/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aCollege } from '../../testing/builders-class.ts'
import { aCheckInChallenge, readShownFaces } from '../../testing/builders-faces.ts'
import { aRoom } from '../../testing/builders-room.ts'
import { getInstitution } from './index.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp({ readFrames: readShownFaces })
})
afterAll(() => test.close())

const SHIPPED: PolicyView = {
  actions: ['blink', 'turn-left', 'turn-right'],
  actionCount: 2,
  falseMatchRate: '1e-4',
  minimumPercentage: 75,
  teacherSignUp: false,
}
const auditOf = (institutionId: string) =>
  test.db.inInstitution(institutionId, (tx) =>
    tx
      .selectFrom('audit_log')
      .select(['actor_id', 'old_value', 'new_value'])
      .where('action', '=', 'policy-changed')
      .execute(),
  )

it('is the shipped one until an admin decides otherwise, and keeps who changed what', async () => {
  const { admin, institution } = await aCollege(test)
  expect((await test.call(getPolicy, { as: admin })).body).toEqual(SHIPPED)
  const decided: PolicyView = { ...SHIPPED, falseMatchRate: '1e-5', minimumPercentage: null, teacherSignUp: true }
  expect((await test.call(changePolicy, { as: admin, body: decided })).body).toEqual(decided)
  expect((await test.call(getPolicy, { as: admin })).body).toEqual(decided)
  expect(await auditOf(institution.id)).toEqual([
    {
      actor_id: admin.id,
      old_value: { falseMatchRate: '1e-4', minimumPercentage: 75, teacherSignUp: false },
      new_value: { falseMatchRate: '1e-5', minimumPercentage: null, teacherSignUp: true },
    },
  ])
  const { signUpInstitutions } = (await test.call(getInstallation, {})).body
  expect(signUpInstitutions.map(({ id }) => id)).toContain(institution.id)
})

it('leaves no trace of a change that changes nothing', async () => {
  const { admin, institution } = await aCollege(test)
  await test.call(changePolicy, { as: admin, body: SHIPPED })
  expect(await auditOf(institution.id)).toEqual([])
})

it('never touches what the page does not show', async () => {
  const { admin, institution } = await aCollege(test, { policy: { injectionChecks: false, retentionDays: 7 } })
  const body = { ...SHIPPED, actionCount: 3, injectionChecks: true, retentionDays: 900 }
  await test.call(changePolicy, { as: admin, body })
  const { policy } = await test.db.inInstitution(institution.id, getInstitution)
  expect(policy).toMatchObject({ actionCount: 3, injectionChecks: false, retentionDays: 7 })
})

it('decides what the next challenge asks', async () => {
  const room = await aRoom(test)
  const body: PolicyView = { ...SHIPPED, actions: ['smile', 'look-up', 'open-mouth'], actionCount: 5 }
  await test.call(changePolicy, { as: room.admin, body })
  const { actions } = await aCheckInChallenge(test, room.alice, room.sessionId)
  expect(actions).toHaveLength(5)
  for (const action of actions) expect(body.actions).toContain(action)
})

it.each<[string, Partial<Record<keyof PolicyView, unknown>>]>([
  ['one action', { actions: ['blink'] }],
  ['the same action twice', { actions: ['blink', 'blink'] }],
  ['an action that nobody knows', { actions: ['blink', 'jump'] }],
  ['six actions in a row', { actionCount: 6 }],
  ['a rate of its own', { falseMatchRate: '0.5' }],
  ['more than everything', { minimumPercentage: 101 }],
])('takes no %s', async (_, wrong) => {
  const { admin } = await aCollege(test)
  const body = { ...SHIPPED, ...wrong } as PolicyView
  expect((await test.call(changePolicy, { as: admin, body })).error).toBe('bad-input')
})

it('loses nothing when two admins change different things at once', async () => {
  const { admin, institution } = await aCollege(test)
  const bodies: PolicyView[] = [2, 3, 4, 5].map((actionCount) => ({ ...SHIPPED, actionCount }))
  const replies = await Promise.all(bodies.map((body) => test.call(changePolicy, { as: admin, body })))
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  const last = (await auditOf(institution.id)).at(-1)
  expect((await test.call(getPolicy, { as: admin })).body).toMatchObject({ ...(last?.new_value as object) })
})
