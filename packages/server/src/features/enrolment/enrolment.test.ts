import { allowNewEnrolment, getEnrolment, startCheckIn, startEnrolment, startSession } from '@app/contract'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { VisionProblem } from '../../platform/vision.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { signInAgain, type TestPerson } from '../../testing/builders.ts'
import { agree, auditOf, showToEnrol, templatesOf, twoStudents } from '../../testing/builders-enrolment.ts'
import {
  aCheckInChallenge,
  anUpload,
  enrol,
  readShownFaces,
  type Shown,
  sendEnrolment,
} from '../../testing/builders-faces.ts'

let readFrames = readShownFaces
let test: TestApp
beforeAll(async () => {
  test = await createTestApp({ readFrames: (request) => readFrames(request) })
})
afterEach(() => {
  readFrames = readShownFaces
})
afterAll(() => test.close())

describe('enrolling', () => {
  it('makes a template of a live face', async () => {
    const { alice } = await twoStudents(test)
    await agree(test, alice)
    const { body } = await showToEnrol(test, alice, { face: `alice ${alice.id}` })
    expect(body).toMatchObject({
      outcome: 'accepted',
      enrolment: { face: 'enrolled', enrolledAt: test.clock.now().toISOString() },
    })
    expect(await templatesOf(test, alice)).toMatchObject([{ model: 'a-model@1', frames: 5, key_version: 1 }])
    expect((await auditOf(test, alice)).at(-1)).toMatchObject({
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
    const { alice } = await twoStudents(test)
    await agree(test, alice)
    const { body } = await showToEnrol(test, alice, { face: 'alice', ...differences })
    expect(body).toMatchObject({ outcome: 'refused', because })
    expect(await templatesOf(test, alice)).toEqual([])
  })

  it('happens once, unless somebody allows it again', async () => {
    const { alice, teacher, admin } = await twoStudents(test)
    await enrol(test, alice, `alice ${alice.id}`)
    expect((await test.call(startEnrolment, { as: alice })).error).toBe('enrolled-already')
    for (const [as, face] of [
      [teacher, `alice with glasses ${alice.id}`],
      [admin, `alice without ${alice.id}`],
    ] as const) {
      const before = await templatesOf(test, alice)
      expect((await test.call(allowNewEnrolment, { as, params: { personId: alice.id } })).status).toBe(200)
      expect((await test.call(getEnrolment, { as: alice })).body.face).toBe('may-enrol-again')
      expect((await showToEnrol(test, alice, { face: 'someone', missing: 'first' })).body.outcome).toBe('refused')
      expect(await templatesOf(test, alice)).toEqual(before)
      expect((await showToEnrol(test, alice, { face })).body.outcome).toBe('accepted')
      const after = await templatesOf(test, alice)
      expect(after).toHaveLength(1)
      expect(after).not.toEqual(before)
      expect((await test.call(startEnrolment, { as: alice })).error).toBe('enrolled-already')
    }
  })

  it('is allowed again only by an admin or a teacher of one of the student’s classes', async () => {
    const { alice, bob, otherTeacher, teacher } = await twoStudents(test)
    await enrol(test, alice, `alice ${alice.id}`)
    const allow = (as: TestPerson, personId: string) => test.call(allowNewEnrolment, { as, params: { personId } })
    expect((await allow(otherTeacher, alice.id)).error).toBe('not-allowed')
    expect((await allow(alice, alice.id)).error).toBe('not-allowed')
    expect((await allow(teacher, bob.id)).error).toBe('not-enrolled')
    const elsewhere = await twoStudents(test)
    expect((await allow(elsewhere.admin, alice.id)).error).toBe('not-found')
    expect((await allow(elsewhere.teacher, alice.id)).error).toBe('not-allowed')
  })

  it('by two tabs at once makes one template', async () => {
    const { alice } = await twoStudents(test)
    await agree(test, alice)
    const challenges = await Promise.all([1, 2, 3].map(() => test.call(startEnrolment, { as: alice })))
    const upload = anUpload({ face: `alice ${alice.id}` })
    const replies = await Promise.all(
      [...challenges, ...challenges].map(({ body }) => sendEnrolment(test, alice, body.id, upload)),
    )
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const { status, error } of replies)
      expect(['200 ', '409 challenge-spent', '410 challenge-expired']).toContain(`${status} ${error ?? ''}`)
    expect(await templatesOf(test, alice)).toHaveLength(1)
  })

  it('pauses after five refusals, like a check-in', async () => {
    const { alice } = await twoStudents(test)
    await agree(test, alice)
    for (let i = 0; i < 5; i++) await showToEnrol(test, alice, { face: 'alice', missing: 'first' })
    const paused = await test.call(startEnrolment, { as: alice })
    expect(paused.raw.json().error).toMatchObject({ code: 'face-paused', retryAfterSeconds: 30 })
    test.clock.advance(30_000)
    expect((await showToEnrol(test, alice, { face: `alice ${alice.id}` })).body.outcome).toBe('accepted')
  })

  it('takes no challenge of another student, of another sign-in, of a check-in, spent or expired', async () => {
    const college = await twoStudents(test)
    const { alice, bob, teacher } = college
    await agree(test, alice)
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
    expect(await templatesOf(test, alice)).toEqual([])
  })

  it('answers what is wrong with the frames as a check-in does, and stores nothing', async () => {
    const { alice } = await twoStudents(test)
    await agree(test, alice)
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
      expect((await showToEnrol(test, alice, { face: 'alice' })).error).toBe(code)
    }
    expect(await templatesOf(test, alice)).toEqual([])
  })

  it('is for students', async () => {
    const { teacher } = await twoStudents(test)
    expect((await test.call(startEnrolment, { as: teacher })).error).toBe('not-allowed')
  })

  it('is read with the stricter purpose and told no score', async () => {
    const { alice } = await twoStudents(test)
    await agree(test, alice)
    const purposes: string[] = []
    readFrames = (request) => {
      purposes.push(request.purpose)
      return readShownFaces(request)
    }
    const challenge = await test.call(startEnrolment, { as: alice })
    const upload = anUpload({ face: `alice ${alice.id}` })
    const { raw } = await sendEnrolment(test, alice, challenge.body.id, upload)
    expect(purposes).toEqual(['enrolment'])
    expect(raw.body).not.toMatch(/similar|score|genuine|probe|template|agreement|sealed|model/i)
  })
})

it('a check-in needs an enrolment first', async () => {
  const college = await twoStudents(test)
  await agree(test, college.alice)
  const { body } = await test.call(startSession, {
    as: college.teacher,
    params: { classId: college.class.id },
    body: { minutes: 60, lateAfterMinutes: 10, methods: ['face'] },
  })
  expect((await test.call(startCheckIn, { as: college.alice, params: { sessionId: body.id } })).error).toBe(
    'not-enrolled',
  )
})
