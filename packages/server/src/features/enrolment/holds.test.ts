import {
  allowNewEnrolment,
  decideEnrolmentHold,
  getEnrolment,
  listEnrolmentHolds,
  startEnrolment,
  startSession,
} from '@app/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aPerson, type TestPerson } from '../../testing/builders.ts'
import { nth } from '../../testing/builders-class.ts'
import { agree, showToEnrol, templatesOf, twoStudents } from '../../testing/builders-enrolment.ts'
import { checkIn, enrol, readShownFaces } from '../../testing/builders-faces.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp({ readFrames: readShownFaces })
})
afterAll(() => test.close())

describe('a face that is somebody else’s already', () => {
  async function aHold() {
    const college = await twoStudents(test)
    const face = `the twins ${college.alice.id}`
    await enrol(test, college.alice, face)
    await agree(test, college.bob)
    const { body } = await showToEnrol(test, college.bob, { face })
    expect(body).toMatchObject({ outcome: 'held', enrolment: { face: 'held', enrolledAt: null } })
    const { body: list } = await test.call(listEnrolmentHolds, { as: college.admin })
    return { ...college, face, hold: nth(list.holds, 0) }
  }
  const decide = (as: TestPerson, holdId: string, decision: 'accept' | 'discard') =>
    test.call(decideEnrolmentHold, { as, params: { holdId }, body: { decision } })

  it('waits for an admin to look at it', async () => {
    const { alice, bob, hold, teacher } = await aHold()
    expect(hold).toMatchObject({
      student: { personId: bob.id, rollNo: bob.rollNo, fullName: bob.fullName },
      looksLike: { personId: alice.id },
    })
    expect(await templatesOf(test, bob)).toEqual([])
    expect((await test.call(startEnrolment, { as: bob })).error).toBe('enrolment-held')
    expect((await test.call(listEnrolmentHolds, { as: teacher })).error).toBe('not-allowed')
    expect((await decide(teacher, hold.id, 'accept')).error).toBe('not-allowed')
    const elsewhere = await twoStudents(test)
    expect((await decide(elsewhere.admin, hold.id, 'accept')).error).toBe('not-found')
  })

  it('is enrolled when the admin accepts it, and can then check in', async () => {
    const { admin, bob, hold, face, teacher, class: taught } = await aHold()
    expect((await decide(admin, hold.id, 'accept')).status).toBe(200)
    expect((await decide(admin, hold.id, 'discard')).error).toBe('already-done')
    const { body } = await test.call(startSession, {
      as: teacher,
      params: { classId: taught.id },
      body: { minutes: 60, lateAfterMinutes: 10, methods: ['face'] },
    })
    expect((await checkIn(test, bob, body.id, { face })).body.outcome).toBe('accepted')
  })

  it('is thrown away when the admin discards it, and the student may try again', async () => {
    const { admin, bob, hold } = await aHold()
    await decide(admin, hold.id, 'discard')
    expect((await test.call(getEnrolment, { as: bob })).body.face).toBe('none')
    const sealed = await test.db.inInstitution(bob.institutionId, (tx) =>
      tx.selectFrom('enrolment_holds').select('sealed').where('id', '=', hold.id).execute(),
    )
    expect(sealed).toEqual([{ sealed: null }])
    expect((await showToEnrol(test, bob, { face: `bob himself ${bob.id}` })).body.outcome).toBe('accepted')
  })

  it('is decided once when two admins decide at once', async () => {
    const { admin, hold, institution } = await aHold()
    const second = await aPerson(test, institution, { roles: ['admin'] })
    const replies = await Promise.all([
      decide(admin, hold.id, 'accept'),
      decide(second, hold.id, 'discard'),
      decide(admin, hold.id, 'accept'),
    ])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  })

  it('is held for one of two who enrol it at the same moment', async () => {
    const { alice, bob } = await twoStudents(test)
    const face = `shared ${alice.id}`
    await Promise.all([agree(test, alice), agree(test, bob)])
    const replies = await Promise.all([showToEnrol(test, alice, { face }), showToEnrol(test, bob, { face })])
    expect(replies.map(({ body }) => body.outcome).sort()).toEqual(['accepted', 'held'])
  })

  it('is nobody’s concern in another institution', async () => {
    const [here, there] = [await twoStudents(test), await twoStudents(test)]
    const face = `travels ${here.alice.id}`
    await enrol(test, here.alice, face)
    await agree(test, there.alice)
    expect((await showToEnrol(test, there.alice, { face })).body.outcome).toBe('accepted')
  })

  it('does not stop the owner from enrolling their own face again', async () => {
    const { alice, admin } = await twoStudents(test)
    const face = `alice ${alice.id}`
    await enrol(test, alice, face)
    await test.call(allowNewEnrolment, { as: admin, params: { personId: alice.id } })
    expect((await showToEnrol(test, alice, { face })).body.outcome).toBe('accepted')
  })
})
