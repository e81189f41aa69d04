import {
  actOnPeople,
  getMe,
  lookUpInvite,
  makeClassInviteSheet,
  makeInviteSheet,
  type PeopleAction,
  type Selection,
  signIn,
} from '@app/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aPerson, type TestPerson } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'

const PASSWORD = 'a quiet green kettle'

let app: TestApp
let college: TestCollege
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app?.close())
beforeEach(async () => {
  college = await aCollege(app, { students: 2 })
})

const act = (action: PeopleAction, who: Selection, as: { token: string } = college.admin) =>
  app.call(actOnPeople, { as, body: { action, who } })
const those = (...people: TestPerson[]): Selection => ({ personIds: people.map(({ id }) => id) })
const anInvited = (given: { email?: string | null; rollNo?: string } = {}) =>
  aPerson(app, college.institution, { roles: ['student'], status: 'invited', ...given })
const isGood = async (link: string) =>
  (await app.call(lookUpInvite, { body: { token: link.split('#')[1] ?? '' } })).status === 200
const whyOf = (reply: Awaited<ReturnType<typeof act>>) =>
  Object.fromEntries(reply.body.passedOver.map(({ because, count }) => [because, count]))

describe('whoever is disabled', () => {
  test('is out at once, signs in no more, and comes back as they were', async () => {
    const email = `${crypto.randomUUID()}@college.test`
    const student = await aPerson(app, college.institution, { roles: ['student'], email, password: PASSWORD })
    const invited = await anInvited({ email: null })
    const [card] = (await act('invite', those(invited))).body.cards
    const enter = () => app.call(signIn, { body: { identifier: email, password: PASSWORD } })

    const reply = await act('disable', those(student, invited))
    expect(new Set(reply.body.changed)).toEqual(new Set([student.id, invited.id]))
    expect((await app.call(getMe, { as: student })).error).toBe('not-signed-in')
    expect((await enter()).error).toBe('wrong-credentials')
    expect(await isGood(card?.link ?? '')).toBe(false)

    expect((await act('enable', { personIds: reply.body.changed })).body.changed).toHaveLength(2)
    expect((await enter()).status).toBe(200)
    // The sign-ins that ended stay ended, and an invite is made anew.
    expect((await app.call(getMe, { as: student })).error).toBe('not-signed-in')
    expect(await isGood(card?.link ?? '')).toBe(false)
    expect((await act('invite', those(invited))).body.cards).toHaveLength(1)
  })

  test('is nobody whose classes would be left, no owner, and not oneself', async () => {
    const owner = await aPerson(app, college.institution, { roles: ['owner', 'teacher'] })
    const waiting = await aPerson(app, college.institution, { roles: ['teacher'], status: 'awaiting-approval' })
    const gone = await aPerson(app, college.institution, { roles: ['student'], status: 'disabled' })
    const reply = await act('disable', those(college.admin, college.teacher, owner, waiting, gone))
    expect(reply.body.changed).toEqual([])
    expect(whyOf(reply)).toEqual({
      yourself: 1,
      'still-teaches': 1,
      owner: 1,
      'awaiting-approval': 1,
      disabled: 1,
    })
    expect((await app.call(getMe, { as: college.teacher })).status).toBe(200)
  })

  test('is one of two admins who disable each other, never both', async () => {
    const second = await aPerson(app, college.institution, { roles: ['admin'] })
    const replies = await Promise.all([act('disable', those(second)), act('disable', those(college.admin), second)])
    const done = replies.filter(({ body }) => body?.changed?.length === 1)
    expect(done).toHaveLength(1)
  })
})

describe('invites', () => {
  test('are made for those who have not used one, as links where nothing is mailed, and end the earlier ones', async () => {
    const [one, two] = [await anInvited({ rollNo: 'B-10' }), await anInvited({ rollNo: 'B-2' })]
    const first = await act('invite', those(one, two, nth(college.students, 0)))
    expect(first.body.cards.map(({ rollNo }) => rollNo)).toEqual(['B-2', 'B-10'])
    expect(whyOf(first)).toEqual({ 'account-in-use': 1 })
    expect(first.body.passedOver[0]?.people).toEqual([
      { personId: nth(college.students, 0).id, fullName: nth(college.students, 0).fullName },
    ])
    const again = await act('invite', those(one))
    expect(await isGood(first.body.cards[1]?.link ?? '')).toBe(false)
    expect(await isGood(first.body.cards[0]?.link ?? '')).toBe(true)
    expect(await isGood(again.body.cards[0]?.link ?? '')).toBe(true)

    const revoked = await act('revoke-invites', those(one, two))
    expect(revoked.body.changed).toHaveLength(2)
    expect(await isGood(again.body.cards[0]?.link ?? '')).toBe(false)
    expect(whyOf(await act('revoke-invites', those(one)))).toEqual({ 'nothing-to-revoke': 1 })
  })

  test('go to all that a filter finds', async () => {
    const mark = crypto.randomUUID().slice(0, 8)
    for (let i = 0; i < 3; i++) await anInvited({ rollNo: `${mark}-${i}` })
    const { body } = await act('invite', { filter: { search: mark, status: 'invited' } })
    expect(body.changed).toHaveLength(3)
    expect((await act('invite', { personIds: [] })).error).toBe('bad-input')
  })

  test('are queued as mails where mail is sent, and printed for everybody all the same', async () => {
    const mailing = await createTestApp({
      mailer: { send: async () => undefined, check: async () => true, close: () => undefined },
    })
    const there = await aCollege(mailing)
    const invited = await aPerson(mailing, there.institution, { roles: ['student'], status: 'invited' })
    const who = { personIds: [invited.id] }
    const sent = await mailing.call(actOnPeople, { as: there.admin, body: { action: 'invite', who } })
    expect(sent.body).toMatchObject({ mailed: 1, cards: [] })
    expect(mailing.jobs.queued).toHaveLength(1)
    const sheet = await mailing.call(makeInviteSheet, { as: there.admin, body: { who } })
    expect(sheet.body).toEqual({
      institutionName: there.institution.name,
      address: 'https://attendance.test',
      cards: [
        {
          personId: invited.id,
          rollNo: invited.rollNo,
          fullName: invited.fullName,
          signInName: invited.email,
          link: expect.stringContaining('/invite#'),
          code: expect.stringMatching(/^\w{4}(-\w{4}){4}$/),
          expiresAt: new Date(mailing.clock.now().getTime() + 7 * 86_400_000).toISOString(),
        },
      ],
      passedOver: 0,
    })
    expect(mailing.jobs.queued).toHaveLength(1)
    await mailing.close()
  })

  test('of a class are printed by its teacher, for none who had an account before', async () => {
    const [fresh, earlier] = [await anInvited(), await anInvited()]
    await app.db.inInstitution(college.institution.id, async (tx) => {
      for (const { id } of [fresh, earlier])
        await tx
          .insertInto('class_students')
          .values({
            institution_id: college.institution.id,
            class_id: college.class.id,
            person_id: id,
            joined_at: app.clock.now(),
            left_at: null,
          })
          .execute()
      await tx.updateTable('people').set({ password_hash: 'old' }).where('id', '=', earlier.id).execute()
    })
    const sheet = (as: TestPerson) => app.call(makeClassInviteSheet, { as, params: { classId: college.class.id } })
    const { body } = await sheet(college.teacher)
    expect(body.cards.map(({ personId }) => personId)).toEqual([fresh.id])
    expect(body.passedOver).toBe(1)
    expect((await sheet(college.admin)).body.cards).toHaveLength(2)
    expect((await sheet(college.otherTeacher)).error).toBe('not-allowed')
  })
})
