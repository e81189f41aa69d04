import { allowNewEnrolment, getEnrolment, listEnrolmentHolds, startEnrolment, withdrawConsent } from '@app/contract'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { nth } from '../../testing/builders-class.ts'
import { agree, auditOf, showToEnrol, templatesOf, twoStudents } from '../../testing/builders-enrolment.ts'
import { enrol, readShownFaces } from '../../testing/builders-faces.ts'
import { NOTICE_VERSION } from './notice.ts'

let readFrames = readShownFaces
let test: TestApp
beforeAll(async () => {
  test = await createTestApp({ readFrames: (request) => readFrames(request) })
})
afterEach(() => {
  readFrames = readShownFaces
})
afterAll(() => test.close())

describe('consent', () => {
  it('is asked for before any capture', async () => {
    const { alice } = await twoStudents(test)
    const { body } = await test.call(getEnrolment, { as: alice })
    expect(body).toEqual({
      consent: { currentVersion: NOTICE_VERSION, givenVersion: null, givenAt: null, retentionDays: 30 },
      face: 'none',
      againBecause: null,
      enrolledAt: null,
    })
    expect((await test.call(startEnrolment, { as: alice })).error).toBe('consent-needed')
  })

  it('is kept with version, time and who, once however often it is given', async () => {
    const { alice } = await twoStudents(test)
    const replies = await Promise.all([agree(test, alice), agree(test, alice), agree(test, alice)])
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(nth(replies, 0).body.consent).toMatchObject({
      givenVersion: NOTICE_VERSION,
      givenAt: test.clock.now().toISOString(),
    })
    expect(await auditOf(test, alice)).toMatchObject([{ action: 'consent-given', actor_id: alice.id }])
  })

  it('to an outdated notice is refused', async () => {
    const { alice } = await twoStudents(test)
    expect((await agree(test, alice, '2019-01')).error).toBe('consent-outdated')
  })

  it('given to an earlier notice is asked for anew before enrolling', async () => {
    const { alice } = await twoStudents(test)
    await agree(test, alice)
    await test.db.inInstitution(alice.institutionId, (tx) =>
      tx.updateTable('consents').set({ notice_version: '2019-01' }).where('person_id', '=', alice.id).execute(),
    )
    expect((await test.call(startEnrolment, { as: alice })).error).toBe('consent-needed')
    await agree(test, alice)
    expect((await test.call(startEnrolment, { as: alice })).status).toBe(200)
  })

  it('taken back and given again is no way round the approval of a second enrolment', async () => {
    const { alice, admin } = await twoStudents(test)
    await enrol(test, alice, 'alice')
    await test.call(withdrawConsent, { as: alice })
    await agree(test, alice)
    expect((await test.call(startEnrolment, { as: alice })).error).toBe('enrolment-needs-approval')
    expect((await test.call(getEnrolment, { as: alice })).body.face).toBe('needs-approval')
    expect((await test.call(allowNewEnrolment, { as: admin, params: { personId: alice.id } })).status).toBe(200)
    expect((await test.call(startEnrolment, { as: alice })).status).toBe(200)
  })

  it('taken back deletes templates and held enrolments at once and shows it', async () => {
    const { alice, bob, admin } = await twoStudents(test)
    await enrol(test, alice, `one face of ${alice.id}`)
    await agree(test, bob)
    expect((await showToEnrol(test, bob, { face: `one face of ${alice.id}` })).body.outcome).toBe('held')
    for (const person of [alice, bob]) {
      const { body } = await test.call(withdrawConsent, { as: person })
      const face = person === alice ? 'needs-approval' : 'none'
      expect(body).toMatchObject({ consent: { givenVersion: null }, face, enrolledAt: null })
      expect(await templatesOf(test, person)).toEqual([])
    }
    expect((await test.call(listEnrolmentHolds, { as: admin })).body.holds).toEqual([])
    const holds = await test.db.inInstitution(bob.institutionId, (tx) =>
      tx.selectFrom('enrolment_holds').select(['sealed', 'decision']).execute(),
    )
    expect(holds).toEqual([{ sealed: null, decision: 'withdrawn' }])
    expect((await auditOf(test, alice)).at(-1)).toMatchObject({
      action: 'consent-withdrawn',
      new_value: { deletedTemplates: 1, withdrawnHolds: 0 },
    })
  })

  it('taken back while the frames are read leaves no template behind', async () => {
    const { alice } = await twoStudents(test)
    await agree(test, alice)
    readFrames = async (request) => {
      await test.call(withdrawConsent, { as: alice })
      return readShownFaces(request)
    }
    expect((await showToEnrol(test, alice, { face: 'alice' })).error).toBe('consent-needed')
    expect(await templatesOf(test, alice)).toEqual([])
  })
})
