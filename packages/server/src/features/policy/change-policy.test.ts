import {
  ClassPolicyValues,
  changeClassPolicy,
  changePolicy,
  getClassPolicy,
  getInstallation,
  getPolicy,
  PolicyValues,
  startSession,
} from '@app/contract'
import { DEFAULT_POLICY, isOfClass, POLICY_FIELDS, POLICY_SCOPES } from '@app/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass } from '../../testing/builders.ts'
import { aCollege, type TestCollege } from '../../testing/builders-class.ts'
import { aCheckInChallenge, readShownFaces } from '../../testing/builders-faces.ts'
import { aRoom } from '../../testing/builders-room.ts'
import { getInstitution } from '../institutions/index.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp({ readFrames: readShownFaces })
})
afterAll(() => test.close())

type Change = Parameters<typeof test.call<typeof changePolicy>>[1]['body']
type ClassChange = Parameters<typeof test.call<typeof changeClassPolicy>>[1]['body']

const decide = ({ admin }: TestCollege, changes: Change['changes'], reset: Change['reset'] = []) =>
  test.call(changePolicy, { as: admin, body: { changes, reset } })

const decideForClass = (
  college: TestCollege,
  changes: ClassChange['changes'],
  { reset = [], as = college.admin }: { reset?: ClassChange['reset']; as?: { token: string } } = {},
) => test.call(changeClassPolicy, { as, params: { classId: college.class.id }, body: { changes, reset } })

const ofClass = async (college: TestCollege, as: { token: string } = college.admin) =>
  (await test.call(getClassPolicy, { as, params: { classId: college.class.id } })).body

const auditOf = ({ institution }: TestCollege) =>
  test.db.inInstitution(institution.id, (tx) =>
    tx
      .selectFrom('audit_log')
      .select(['actor_id', 'subject_id', 'old_value', 'new_value'])
      .where('action', '=', 'policy-changed')
      .orderBy('id')
      .execute(),
  )

describe('the pages of a policy', () => {
  it('show every field but those that are on no page, and a class’s own', () => {
    const shown = POLICY_FIELDS.filter((field) => POLICY_SCOPES[field] !== 'installation')
    expect(Object.keys(PolicyValues.shape).sort()).toEqual([...shown].sort())
    expect(Object.keys(ClassPolicyValues.shape).sort()).toEqual(POLICY_FIELDS.filter(isOfClass).sort())
  })

  it('take the shipped policy as it is', () => {
    const { injectionChecks: _, duplicateFalseMatchRate: __, ...shown } = DEFAULT_POLICY
    expect(PolicyValues.parse(shown)).toEqual(shown)
  })
})

describe('an institution’s policy', () => {
  it('is the shipped one until an admin decides otherwise, and can be that again', async () => {
    const college = await aCollege(test)
    const shipped = (await test.call(getPolicy, { as: college.admin })).body
    expect(shipped.actionCount).toEqual({ value: 2, source: 'shipped', inherited: 2, mayChange: true })
    const decided = (await decide(college, { actionCount: 4, minimumPercentage: null, teacherSignUp: true })).body
    expect(decided.actionCount).toEqual({ value: 4, source: 'institution', inherited: 2, mayChange: true })
    expect(decided.minimumPercentage).toMatchObject({ value: null, source: 'institution', inherited: 75 })
    const { signUpInstitutions } = (await test.call(getInstallation, {})).body
    expect(signUpInstitutions.map(({ id }) => id)).toContain(college.institution.id)
    await decide(college, {}, ['actionCount', 'minimumPercentage', 'teacherSignUp'])
    expect((await test.call(getPolicy, { as: college.admin })).body).toEqual(shipped)
  })

  it('keeps who changed what, from what, and who had decided it', async () => {
    const college = await aCollege(test)
    await decide(college, { falseMatchRate: '1e-5', lockDays: null })
    await decide(college, {}, ['lockDays'])
    expect(await auditOf(college)).toEqual([
      {
        actor_id: college.admin.id,
        subject_id: null,
        old_value: {
          ...{ falseMatchRate: '1e-4', lockDays: 14 },
          decidedBy: { falseMatchRate: 'shipped', lockDays: 'shipped' },
        },
        new_value: {
          ...{ falseMatchRate: '1e-5', lockDays: null },
          decidedBy: { falseMatchRate: 'institution', lockDays: 'institution' },
        },
      },
      {
        actor_id: college.admin.id,
        subject_id: null,
        old_value: { lockDays: null, decidedBy: { lockDays: 'institution' } },
        new_value: { lockDays: 14, decidedBy: { lockDays: 'shipped' } },
      },
    ])
  })

  it('leaves no trace of a change that changes nothing', async () => {
    const college = await aCollege(test, { policy: { actionCount: 3 } })
    await decide(college, { actionCount: 3 }, ['lockDays'])
    expect(await auditOf(college)).toEqual([])
  })

  it('never touches what is on no page', async () => {
    const college = await aCollege(test, { policy: { injectionChecks: false } })
    const { error } = await decide(college, { actionCount: 3, injectionChecks: true } as Change['changes'])
    expect(error).toBe('bad-input')
    await decide(college, { actionCount: 3 })
    const { policy } = await test.db.inInstitution(college.institution.id, getInstitution)
    expect(policy).toMatchObject({ actionCount: 3, injectionChecks: false })
  })

  it('decides what the next challenge asks', async () => {
    const room = await aRoom(test)
    const actions = ['smile', 'look-up', 'open-mouth'] as const
    await decide(room, { actions, actionCount: 5 })
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    expect(challenge.actions).toHaveLength(5)
    for (const action of challenge.actions) expect(actions).toContain(action)
  })

  it.each<[string, Record<string, unknown>]>([
    ['one action', { actions: ['blink'] }],
    ['the same action twice', { actions: ['blink', 'blink'] }],
    ['an action that nobody knows', { actions: ['blink', 'jump'] }],
    ['six actions in a row', { actionCount: 6 }],
    ['a rate of its own', { falseMatchRate: '0.5' }],
    ['more than everything', { minimumPercentage: 101 }],
    ['no method at all', { methods: [] }],
    ['a code that nobody can type', { codeSeconds: 2 }],
    ['a code that can be forwarded at leisure', { codeSeconds: 61 }],
    ['a late mark that counts double', { lateWeight: 2 }],
    ['an address for a network', { networks: ['192.0.2.1'] }],
    ['a network that is none', { networks: ['192.0.2.0/33'] }],
    ['the whole internet', { networks: ['0.0.0.0/0'] }],
    ['the whole newer internet', { networks: ['2000::/3'] }],
    ['the whole internet in the newer way of writing', { networks: ['::ffff:0.0.0.0/96'] }],
    ['a circle that no phone can be sure of', { geofence: { latitude: 0, longitude: 0, radiusMetres: 5 } }],
    ['a level that nobody knows', { assurance: 'E' }],
  ])('takes no %s', async (_, changes) => {
    expect((await decide(await aCollege(test), changes as Change['changes'])).error).toBe('bad-input')
  })

  it.each<[string, Change['changes'], string]>([
    ['a lateness that never comes', { lateAfterMinutes: 61 }, 'policy-late-after-end'],
    ['a network that nobody has named', { presenceProofs: ['network'] }, 'policy-network-missing'],
    ['a place that nobody has named', { presenceProofs: ['geofence'] }, 'policy-geofence-missing'],
    ['presence without a proof of it', { assurance: 'A' }, 'policy-assurance-needs-presence'],
    ['a face where only codes are taken', { assurance: 'B', methods: ['code'] }, 'policy-assurance-needs-face'],
  ])('refuses %s and says so', async (_, changes, code) => {
    const college = await aCollege(test)
    expect((await decide(college, changes)).error).toBe(code)
    expect(await auditOf(college)).toEqual([])
  })

  it('loses nothing when two admins change different things at once', async () => {
    const college = await aCollege(test)
    const changes = [{ actionCount: 3 }, { lockDays: 7 }, { codeSeconds: 10 }, { sessionMinutes: 45 }]
    const replies = await Promise.all(changes.map((change) => decide(college, change)))
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const { policy } = await test.db.inInstitution(college.institution.id, getInstitution)
    expect(policy).toMatchObject({ actionCount: 3, lockDays: 7, codeSeconds: 10, sessionMinutes: 45 })
  })
})

describe('a class’s policy', () => {
  it('is its institution’s, until it is decided otherwise, and can be that again', async () => {
    const college = await aCollege(test, { policy: { lockDays: 7 } })
    expect((await ofClass(college)).lockDays).toMatchObject({ value: 7, source: 'institution', inherited: 14 })
    const decided = (await decideForClass(college, { lockDays: 30, codeSeconds: 20 })).body
    expect(decided.lockDays).toMatchObject({ value: 30, source: 'class', inherited: 7 })
    expect(decided.codeSeconds).toMatchObject({ value: 20, source: 'class', inherited: 5 })
    await decide(college, { codeSeconds: 8 })
    expect((await ofClass(college)).codeSeconds).toMatchObject({ value: 20, source: 'class', inherited: 8 })
    const reset = (await decideForClass(college, {}, { reset: ['codeSeconds'] })).body
    expect(reset.codeSeconds).toMatchObject({ value: 8, source: 'institution', inherited: 5 })
    expect(reset.lockDays).toMatchObject({ value: 30, source: 'class' })
  })

  it('is kept in the audit log under the class', async () => {
    const college = await aCollege(test)
    await decideForClass(college, { assurance: 'B' })
    expect(await auditOf(college)).toMatchObject([
      { subject_id: college.class.id, old_value: { assurance: 'D' }, new_value: { assurance: 'B' } },
    ])
  })

  it('says nothing about other classes', async () => {
    const college = await aCollege(test)
    await decideForClass(college, { assurance: 'B' })
    const other = await aClass(test, college.institution, { teachers: [college.teacher], students: college.students })
    const { body } = await test.call(getClassPolicy, { as: college.admin, params: { classId: other.id } })
    expect(body.assurance).toMatchObject({ value: 'D', source: 'shipped' })
  })

  it('does not reach what belongs to persons', async () => {
    const college = await aCollege(test)
    for (const changes of [{ retentionDays: 900 }, { teacherSignUp: true }, { injectionChecks: false }])
      expect((await decideForClass(college, changes as ClassChange['changes'])).error).toBe('bad-input')
  })

  it('decides what its sessions ask', async () => {
    const college = await aCollege(test)
    await decideForClass(college, { assurance: 'A', presenceProofs: ['room-code'] })
    const { body } = await test.call(startSession, {
      as: college.teacher,
      params: { classId: college.class.id },
      body: { minutes: 60, lateAfterMinutes: 10, methods: ['face', 'code'] },
    })
    expect(body).toMatchObject({ assurance: 'A', methods: ['face'], presence: { proofs: ['room-code'] } })
  })

  it('is not contradicted by a later decision of the institution', async () => {
    const college = await aCollege(test, { policy: { presenceProofs: ['room-code'] } })
    await decideForClass(college, { assurance: 'A' })
    const refused = await decide(college, { presenceProofs: [] })
    expect(refused.error).toBe('policy-breaks-class')
    expect(refused.raw.json().error.classes).toEqual([
      { name: expect.any(String), problem: 'policy-assurance-needs-presence' },
    ])
    await decideForClass(college, {}, { reset: ['assurance'] })
    expect((await decide(college, { presenceProofs: [] })).status).toBe(200)
  })

  it('never ends up contradicting the institution, whoever is quicker', async () => {
    for (let round = 0; round < 5; round++) {
      const college = await aCollege(test, { policy: { presenceProofs: ['room-code'] } })
      await Promise.all([decideForClass(college, { assurance: 'A' }), decide(college, { presenceProofs: [] })])
      const { assurance, presenceProofs } = await ofClass(college)
      expect(assurance.value === 'A' && presenceProofs.value.length === 0).toBe(false)
    }
  })
})

describe('a teacher of the class', () => {
  it('sees what holds there, and decides nothing until the institution leaves it to them', async () => {
    const college = await aCollege(test)
    expect((await ofClass(college, college.teacher)).sessionMinutes).toMatchObject({ value: 60, mayChange: false })
    const { error } = await decideForClass(college, { sessionMinutes: 45 }, { as: college.teacher })
    expect(error).toBe('not-allowed')
  })

  it('decides then how long sessions are and when late begins, and nothing a check-in is judged by', async () => {
    const college = await aCollege(test, { policy: { teachersAdjust: true } })
    const as = college.teacher
    const decided = await decideForClass(college, { sessionMinutes: 45, lateAfterMinutes: 5, autoOpen: true }, { as })
    expect(decided.body.sessionMinutes).toEqual({ value: 45, source: 'class', inherited: 60, mayChange: true })
    expect(decided.body.assurance.mayChange).toBe(false)
    for (const changes of [{ assurance: 'D' }, { codeSeconds: 60 }, { falseMatchRate: '1e-3' }] as const)
      expect((await decideForClass(college, changes, { as })).error).toBe('not-allowed')
    const mixed = await decideForClass(college, { sessionMinutes: 50, lateWeight: 0 }, { as })
    expect(mixed.error).toBe('not-allowed')
    expect((await ofClass(college)).sessionMinutes.value).toBe(45)
    await decideForClass(college, { assurance: 'C' })
    expect((await decideForClass(college, {}, { reset: ['assurance'], as })).error).toBe('not-allowed')
  })
})
