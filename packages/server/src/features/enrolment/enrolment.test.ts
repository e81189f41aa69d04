import {
  allowNewEnrolment,
  decideEnrolmentHold,
  getEnrolment,
  giveConsent,
  listEnrolmentHolds,
  startCheckIn,
  startEnrolment,
  startSession,
  submitEnrolment,
  withdrawConsent,
} from '@app/contract'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { VisionProblem } from '../../platform/vision.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aPerson, signInAgain, type TestPerson } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import {
  aCheckInChallenge,
  anUpload,
  checkIn,
  enrol,
  readShownFaces,
  type Shown,
  sendEnrolment,
} from '../../testing/builders-faces.ts'
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

type Students = TestCollege & { alice: TestPerson; bob: TestPerson }

async function twoStudents(): Promise<Students> {
  const college = await aCollege(test)
  return { ...college, alice: nth(college.students, 0), bob: nth(college.students, 1) }
}

const consent = (as: TestPerson, version = NOTICE_VERSION) => test.call(giveConsent, { as, body: { version } })

async function show(as: { token: string }, shown: Shown) {
  const challenge = await test.call(startEnrolment, { as })
  if (challenge.error) return challenge as unknown as Awaited<ReturnType<typeof sendEnrolment>>
  return sendEnrolment(test, as, challenge.body.id, anUpload(shown))
}

const templatesOf = (person: TestPerson) =>
  test.db.inInstitution(person.institutionId, (tx) =>
    tx.selectFrom('face_templates').selectAll().where('person_id', '=', person.id).execute(),
  )

const auditOf = (person: TestPerson) =>
  test.db.inInstitution(person.institutionId, (tx) =>
    tx
      .selectFrom('audit_log')
      .select(['action', 'actor_id', 'old_value', 'new_value'])
      .where('subject_id', '=', person.id)
      .orderBy('id')
      .execute(),
  )

describe('consent', () => {
  it('is asked for before any capture', async () => {
    const { alice } = await twoStudents()
    const { body } = await test.call(getEnrolment, { as: alice })
    expect(body).toEqual({
      consent: { currentVersion: NOTICE_VERSION, givenVersion: null, givenAt: null, retentionDays: 30 },
      face: 'none',
      enrolledAt: null,
    })
    expect((await test.call(startEnrolment, { as: alice })).error).toBe('consent-needed')
  })

  it('is kept with version, time and who, once however often it is given', async () => {
    const { alice } = await twoStudents()
    const replies = await Promise.all([consent(alice), consent(alice), consent(alice)])
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(nth(replies, 0).body.consent).toMatchObject({
      givenVersion: NOTICE_VERSION,
      givenAt: test.clock.now().toISOString(),
    })
    expect(await auditOf(alice)).toMatchObject([{ action: 'consent-given', actor_id: alice.id }])
  })

  it('to an outdated notice is refused', async () => {
    const { alice } = await twoStudents()
    expect((await consent(alice, '2019-01')).error).toBe('consent-outdated')
  })

  it('given to an earlier notice is asked for anew before enrolling', async () => {
    const { alice } = await twoStudents()
    await consent(alice)
    await test.db.inInstitution(alice.institutionId, (tx) =>
      tx.updateTable('consents').set({ notice_version: '2019-01' }).where('person_id', '=', alice.id).execute(),
    )
    expect((await test.call(startEnrolment, { as: alice })).error).toBe('consent-needed')
    await consent(alice)
    expect((await test.call(startEnrolment, { as: alice })).status).toBe(200)
  })

  it('taken back deletes templates and held enrolments at once and shows it', async () => {
    const { alice, bob, admin } = await twoStudents()
    await enrol(test, alice, `one face of ${alice.id}`)
    await consent(bob)
    expect((await show(bob, { face: `one face of ${alice.id}` })).body.outcome).toBe('held')
    for (const person of [alice, bob]) {
      const { body } = await test.call(withdrawConsent, { as: person })
      expect(body).toMatchObject({ consent: { givenVersion: null }, face: 'none', enrolledAt: null })
      expect(await templatesOf(person)).toEqual([])
    }
    expect((await test.call(listEnrolmentHolds, { as: admin })).body.holds).toEqual([])
    const holds = await test.db.inInstitution(bob.institutionId, (tx) =>
      tx.selectFrom('enrolment_holds').select(['sealed', 'decision']).execute(),
    )
    expect(holds).toEqual([{ sealed: null, decision: 'withdrawn' }])
    expect((await auditOf(alice)).at(-1)).toMatchObject({
      action: 'consent-withdrawn',
      new_value: { deletedTemplates: 1, withdrawnHolds: 0 },
    })
  })

  it('taken back while the frames are read leaves no template behind', async () => {
    const { alice } = await twoStudents()
    await consent(alice)
    readFrames = async (request) => {
      await test.call(withdrawConsent, { as: alice })
      return readShownFaces(request)
    }
    expect((await show(alice, { face: 'alice' })).error).toBe('consent-needed')
    expect(await templatesOf(alice)).toEqual([])
  })
})

describe('enrolling', () => {
  it('makes a template of a live face', async () => {
    const { alice } = await twoStudents()
    await consent(alice)
    const { body } = await show(alice, { face: `alice ${alice.id}` })
    expect(body).toMatchObject({
      outcome: 'accepted',
      enrolment: { face: 'enrolled', enrolledAt: test.clock.now().toISOString() },
    })
    expect(await templatesOf(alice)).toMatchObject([{ model: 'a-model@1', frames: 5, key_version: 1 }])
    expect((await auditOf(alice)).at(-1)).toMatchObject({
      action: 'face-enrolled',
      new_value: { model: 'a-model@1', frames: 5 },
    })
  })

  it.each<[string, Omit<Shown, 'face'>, string]>([
    ['a friend’s photo held up', { missing: 'first' }, 'action-missing'],
    [
      'a photo that is turned',
      { solidHead: { kind: 'measured', residual: 0.02, yawSpanDegrees: 20 } },
      'not-confirmed',
    ],
    ['a replayed screen', { genuine: 0.1 }, 'not-confirmed'],
    ['frames that did not come from a camera', { injection: ['repeated-frames'] }, 'not-confirmed'],
    ['two people who take turns', { agreement: 0.2 }, 'not-confirmed'],
    ['fewer than three good frames', { goodFrames: 2 }, 'blurred'],
    ['an empty room', { unusable: 'no-face' }, 'no-face'],
  ])('refuses %s and stores nothing', async (_, differences, because) => {
    const { alice } = await twoStudents()
    await consent(alice)
    const { body } = await show(alice, { face: 'alice', ...differences })
    expect(body).toMatchObject({ outcome: 'refused', because })
    expect(await templatesOf(alice)).toEqual([])
  })

  it('happens once, unless somebody allows it again', async () => {
    const { alice, teacher, admin } = await twoStudents()
    await enrol(test, alice, `alice ${alice.id}`)
    expect((await test.call(startEnrolment, { as: alice })).error).toBe('enrolled-already')
    for (const [as, face] of [
      [teacher, `alice with glasses ${alice.id}`],
      [admin, `alice without ${alice.id}`],
    ] as const) {
      const before = await templatesOf(alice)
      expect((await test.call(allowNewEnrolment, { as, params: { personId: alice.id } })).status).toBe(200)
      expect((await test.call(getEnrolment, { as: alice })).body.face).toBe('may-enrol-again')
      expect((await show(alice, { face: 'someone', missing: 'first' })).body.outcome).toBe('refused')
      expect(await templatesOf(alice)).toEqual(before)
      expect((await show(alice, { face })).body.outcome).toBe('accepted')
      const after = await templatesOf(alice)
      expect(after).toHaveLength(1)
      expect(after).not.toEqual(before)
      expect((await test.call(startEnrolment, { as: alice })).error).toBe('enrolled-already')
    }
  })

  it('is allowed again only by an admin or a teacher of one of the student’s classes', async () => {
    const { alice, bob, otherTeacher, teacher } = await twoStudents()
    await enrol(test, alice, `alice ${alice.id}`)
    const allow = (as: TestPerson, personId: string) => test.call(allowNewEnrolment, { as, params: { personId } })
    expect((await allow(otherTeacher, alice.id)).error).toBe('not-allowed')
    expect((await allow(alice, alice.id)).error).toBe('not-allowed')
    expect((await allow(teacher, bob.id)).error).toBe('not-enrolled')
    const elsewhere = await twoStudents()
    expect((await allow(elsewhere.admin, alice.id)).error).toBe('not-found')
    expect((await allow(elsewhere.teacher, alice.id)).error).toBe('not-allowed')
  })

  it('by two tabs at once makes one template', async () => {
    const { alice } = await twoStudents()
    await consent(alice)
    const challenges = await Promise.all([1, 2, 3].map(() => test.call(startEnrolment, { as: alice })))
    const upload = anUpload({ face: `alice ${alice.id}` })
    const replies = await Promise.all(
      [...challenges, ...challenges].map(({ body }) => sendEnrolment(test, alice, body.id, upload)),
    )
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const { status, error } of replies)
      expect(['200 ', '409 challenge-spent', '409 enrolled-already']).toContain(`${status} ${error ?? ''}`)
    expect(await templatesOf(alice)).toHaveLength(1)
  })

  it('pauses after five refusals, like a check-in', async () => {
    const { alice } = await twoStudents()
    await consent(alice)
    for (let i = 0; i < 5; i++) await show(alice, { face: 'alice', missing: 'first' })
    const paused = await test.call(startEnrolment, { as: alice })
    expect(paused.raw.json().error).toMatchObject({ code: 'face-paused', retryAfterSeconds: 30 })
    test.clock.advance(30_000)
    expect((await show(alice, { face: `alice ${alice.id}` })).body.outcome).toBe('accepted')
  })

  it('takes no challenge of another student, of another sign-in, of a check-in, spent or expired', async () => {
    const college = await twoStudents()
    const { alice, bob, teacher } = college
    await consent(alice)
    await enrol(test, bob, `bob ${bob.id}`)
    const { body: session } = await test.call(startSession, {
      as: teacher,
      params: { classId: college.class.id },
      body: { minutes: 60, lateAfterMinutes: 10, methods: ['face'] },
    })
    const upload = anUpload({ face: `alice ${alice.id}` })
    const { body: challenge } = await test.call(startEnrolment, { as: alice })
    expect((await sendEnrolment(test, bob, challenge.id, upload)).error).toBe('challenge-unknown')
    expect((await sendEnrolment(test, await signInAgain(test, alice), challenge.id, upload)).error).toBe(
      'challenge-unknown',
    )
    const ofSession = await aCheckInChallenge(test, bob, session.id)
    expect((await sendEnrolment(test, bob, ofSession.id, upload)).error).toBe('challenge-unknown')
    await sendEnrolment(test, alice, challenge.id, anUpload({ face: 'alice', missing: 'first' }))
    expect((await sendEnrolment(test, alice, challenge.id, upload)).error).toBe('challenge-spent')
    const { body: late } = await test.call(startEnrolment, { as: alice })
    test.clock.advance(180_000)
    expect((await sendEnrolment(test, alice, late.id, upload)).error).toBe('challenge-expired')
    expect(await templatesOf(alice)).toEqual([])
  })

  it('answers what is wrong with the frames as a check-in does, and stores nothing', async () => {
    const { alice } = await twoStudents()
    await consent(alice)
    const problems = [
      ['too-many-frames', 'frames-too-many'],
      ['frames-out-of-order', 'frames-out-of-order'],
      ['truncated-image', 'frames-unreadable'],
      ['busy', 'vision-busy'],
      ['down', 'vision-down'],
    ] as const
    for (const [problem, code] of problems) {
      readFrames = async () => {
        throw new VisionProblem(problem, null)
      }
      expect((await show(alice, { face: 'alice' })).error).toBe(code)
    }
    expect(await templatesOf(alice)).toEqual([])
  })

  it('is for students', async () => {
    const { teacher } = await twoStudents()
    expect((await test.call(startEnrolment, { as: teacher })).error).toBe('not-allowed')
  })

  it('is read with the stricter purpose and told no score', async () => {
    const { alice } = await twoStudents()
    await consent(alice)
    const purposes: string[] = []
    readFrames = (request) => {
      purposes.push(request.purpose)
      return readShownFaces(request)
    }
    const challenge = await test.call(startEnrolment, { as: alice })
    const { bundle, file } = anUpload({ face: `alice ${alice.id}` })
    const { raw } = await test.call(submitEnrolment, {
      as: alice,
      params: { challengeId: challenge.body.id },
      body: { bundle },
      file: { bytes: file },
    })
    expect(purposes).toEqual(['enrolment'])
    expect(raw.body).not.toMatch(/similar|score|genuine|probe|template|agreement|sealed|model/i)
  })
})

describe('a face that is somebody else’s already', () => {
  async function aHold() {
    const college = await twoStudents()
    const face = `the twins ${college.alice.id}`
    await enrol(test, college.alice, face)
    await consent(college.bob)
    const { body } = await show(college.bob, { face })
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
    expect(await templatesOf(bob)).toEqual([])
    expect((await test.call(startEnrolment, { as: bob })).error).toBe('enrolment-held')
    expect((await test.call(listEnrolmentHolds, { as: teacher })).error).toBe('not-allowed')
    expect((await decide(teacher, hold.id, 'accept')).error).toBe('not-allowed')
    const elsewhere = await twoStudents()
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
    expect((await show(bob, { face: `bob himself ${bob.id}` })).body.outcome).toBe('accepted')
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
    const { alice, bob } = await twoStudents()
    const face = `shared ${alice.id}`
    await Promise.all([consent(alice), consent(bob)])
    const replies = await Promise.all([show(alice, { face }), show(bob, { face })])
    expect(replies.map(({ body }) => body.outcome).sort()).toEqual(['accepted', 'held'])
  })

  it('is nobody’s concern in another institution', async () => {
    const [here, there] = [await twoStudents(), await twoStudents()]
    const face = `travels ${here.alice.id}`
    await enrol(test, here.alice, face)
    await consent(there.alice)
    expect((await show(there.alice, { face })).body.outcome).toBe('accepted')
  })

  it('does not stop the owner from enrolling their own face again', async () => {
    const { alice, admin } = await twoStudents()
    const face = `alice ${alice.id}`
    await enrol(test, alice, face)
    await test.call(allowNewEnrolment, { as: admin, params: { personId: alice.id } })
    expect((await show(alice, { face })).body.outcome).toBe('accepted')
  })
})

it('a check-in needs an enrolment first', async () => {
  const college = await twoStudents()
  await consent(college.alice)
  const { body } = await test.call(startSession, {
    as: college.teacher,
    params: { classId: college.class.id },
    body: { minutes: 60, lateAfterMinutes: 10, methods: ['face'] },
  })
  expect((await test.call(startCheckIn, { as: college.alice, params: { sessionId: body.id } })).error).toBe(
    'not-enrolled',
  )
})
