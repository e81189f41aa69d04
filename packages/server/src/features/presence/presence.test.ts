import { checkInByCode, getRotatingCode, type PositionGiven, showPresence, startCheckIn } from '@app/contract'
import type { Policy } from '@app/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { signInAgain, type TestPerson } from '../../testing/builders.ts'
import { anUpload, checkIn, readShownFaces, sendCheckIn } from '../../testing/builders-faces.ts'
import { aliceIn, aRoom, bobIn, type Room, recordsOf, tileOf } from '../../testing/builders-room.ts'

let test: TestApp
let behindProxy: TestApp
beforeAll(async () => {
  test = await createTestApp({ readFrames: readShownFaces })
  behindProxy = await createTestApp({ readFrames: readShownFaces, trustedProxies: 1 })
})
afterAll(() => Promise.all([test.close(), behindProxy.close()]))

const CAMPUS = '192.0.2.0/24'
const ELSEWHERE = '203.0.113.9'
const HALL = { latitude: 52.5, longitude: 13.4, radiusMetres: 100 }
const IN_HALL: PositionGiven = { latitude: 52.5, longitude: 13.4, accuracyMetres: 20, ageMs: 500 }
const EXAMINATION = { assurance: 'A', presenceProofs: ['room-code'] } as const satisfies Partial<Policy>

const start = async (room: Room, as: TestPerson, from?: string) =>
  (await test.call(startCheckIn, {
    as,
    params: { sessionId: room.sessionId },
    ...(from === undefined ? {} : { remoteAddress: from }),
  })) as Awaited<ReturnType<typeof test.call<typeof startCheckIn>>>

const challengeOf = async (room: Room, as: TestPerson) => (await start(room, as)).body

type Shown = { code?: string; position?: PositionGiven }
const show = (as: TestPerson, challengeId: string, { code, position }: Shown, from = '192.0.2.10') =>
  test.call(showPresence, {
    as,
    params: { challengeId },
    body: { code: code ?? null, position: position ?? null },
    remoteAddress: from,
  })

const shownIn = async (room: Room) =>
  (await test.call(getRotatingCode, { as: room.teacher, params: { sessionId: room.sessionId } })).body.code

const proofsOf = (room: Room) =>
  test.db.inInstitution(room.institution.id, (tx) => tx.selectFrom('presence_proofs').selectAll().execute())

const face = (room: Room) => anUpload({ face: aliceIn(room).face })

describe('the room’s code with the face', () => {
  it('makes a mark of level A that says what was shown', async () => {
    const room = await aRoom(test, { policy: EXAMINATION })
    const challenge = await challengeOf(room, room.alice)
    expect(challenge.presence).toEqual({
      ...{ proofs: ['room-code'], needs: 'all', isDemanded: true },
      ...{ isProven: false, proven: [], missing: ['room-code'], place: null },
    })
    const shown = await show(room.alice, challenge.id, { code: await shownIn(room) })
    expect(shown.body).toMatchObject({ isProven: true, proven: ['room-code'], missing: [] })
    const { body } = await sendCheckIn(test, room.alice, challenge.id, face(room))
    expect(body).toMatchObject({ outcome: 'accepted', session: { assurance: 'A' } })
    expect(await recordsOf(test, room)).toMatchObject([{ method: 'face', assurance: 'A', presence: ['room-code'] }])
    expect(await tileOf(test, room, room.alice)).toMatchObject({ assurance: 'A', presence: ['room-code'] })
  })

  it('is demanded before a frame is looked at, and the challenge is still good afterwards', async () => {
    const room = await aRoom(test, { policy: EXAMINATION })
    const challenge = await challengeOf(room, room.alice)
    const refused = await sendCheckIn(test, room.alice, challenge.id, face(room))
    expect(refused.error).toBe('presence-needed')
    expect(refused.raw.json().error.missing).toEqual(['room-code'])
    expect(await recordsOf(test, room)).toEqual([])
    await show(room.alice, challenge.id, { code: await shownIn(room) })
    const { body } = await sendCheckIn(test, room.alice, challenge.id, face(room))
    expect(body).toMatchObject({ outcome: 'accepted' })
  })

  it('counts for less where it is asked for and not demanded', async () => {
    const room = await aRoom(test, { policy: { presenceProofs: ['room-code'] } })
    expect((await challengeOf(room, room.alice)).presence).toMatchObject({ isDemanded: false, isProven: false })
    await checkIn(test, room.alice, room.sessionId, aliceIn(room))
    expect(await recordsOf(test, room)).toMatchObject([{ assurance: 'B', presence: [] }])
  })

  it('does not make another face the right one', async () => {
    const room = await aRoom(test, { policy: EXAMINATION })
    const challenge = await challengeOf(room, room.alice)
    await show(room.alice, challenge.id, { code: await shownIn(room) })
    const { body } = await sendCheckIn(test, room.alice, challenge.id, anUpload({ face: bobIn(room).face }))
    expect(body).toMatchObject({ outcome: 'refused', because: 'not-confirmed', offerCode: false })
  })

  it('is the one of this session, shown now or just before', async () => {
    const [room, other] = [await aRoom(test, { policy: EXAMINATION }), await aRoom(test, { policy: EXAMINATION })]
    const challenge = await challengeOf(room, room.alice)
    expect((await show(room.alice, challenge.id, { code: await shownIn(other) })).error).toBe('code-wrong')
    const code = await shownIn(room)
    test.clock.advance(10_000)
    expect((await show(room.alice, challenge.id, { code })).error).toBe('code-expired')
    const next = await shownIn(room)
    test.clock.advance(5_000)
    expect((await show(room.alice, challenge.id, { code: next })).status).toBe(200)
  })

  it('counts once per student: not with a second challenge, but for the whole class', async () => {
    const room = await aRoom(test, { policy: EXAMINATION })
    const code = await shownIn(room)
    const first = await challengeOf(room, room.alice)
    expect((await show(room.alice, first.id, { code })).status).toBe(200)
    expect((await show(room.alice, first.id, { code })).status).toBe(200)
    const second = await challengeOf(room, room.alice)
    expect(second.presence).toMatchObject({ isProven: false })
    expect((await show(room.alice, second.id, { code })).error).toBe('code-spent')
    const { error } = await sendCheckIn(test, room.alice, second.id, face(room))
    expect(error).toBe('presence-needed')
    const bobs = await challengeOf(room, room.bob)
    expect((await show(room.bob, bobs.id, { code })).body).toMatchObject({ isProven: true })
    test.clock.advance(5_000)
    expect((await show(room.alice, second.id, { code: await shownIn(room) })).status).toBe(200)
  })

  it('cannot be guessed faster here than in a check-in by code', async () => {
    const room = await aRoom(test, { policy: { presenceProofs: ['room-code'] } })
    const challenge = await challengeOf(room, room.alice)
    for (let tries = 0; tries < 5; tries++) {
      expect((await show(room.alice, challenge.id, { code: '000000' })).error).toBe('code-wrong')
      const params = { sessionId: room.sessionId }
      const typed = await test.call(checkInByCode, { as: room.alice, params, body: { code: '000000' } })
      expect(typed.error).toBe('code-wrong')
    }
    expect((await show(room.alice, challenge.id, { code: await shownIn(room) })).error).toBe('too-many-attempts')
  })
})

describe('a challenge that presence is shown for', () => {
  it('is one’s own, of this sign-in, unspent and in time', async () => {
    const room = await aRoom(test, { policy: EXAMINATION })
    const challenge = await challengeOf(room, room.alice)
    const code = await shownIn(room)
    expect((await show(room.bob, challenge.id, { code })).error).toBe('challenge-unknown')
    const otherPhone = { ...room.alice, ...(await signInAgain(test, room.alice)) }
    expect((await show(otherPhone, challenge.id, { code })).error).toBe('challenge-unknown')
    test.clock.advance(3 * 60_000)
    expect((await show(room.alice, challenge.id, { code: await shownIn(room) })).error).toBe('challenge-expired')
    expect(await proofsOf(room)).toEqual([])
  })

  it('is of a session that asks for it', async () => {
    const room = await aRoom(test)
    const challenge = await challengeOf(room, room.alice)
    expect(challenge.presence).toBeNull()
    const { error } = await show(room.alice, challenge.id, { code: await shownIn(room), position: IN_HALL })
    expect(error).toBe('method-not-allowed-here')
  })

  it('keeps nothing that was not asked for', async () => {
    const room = await aRoom(test, { policy: { presenceProofs: ['network'], networks: [CAMPUS], geofence: HALL } })
    const challenge = await challengeOf(room, room.alice)
    const shown = await show(room.alice, challenge.id, { code: await shownIn(room), position: IN_HALL })
    expect(shown.body).toMatchObject({ proven: ['network'], place: null })
    expect(await proofsOf(room)).toEqual([])
  })
})

describe('the campus network', () => {
  const policy = { assurance: 'A', presenceProofs: ['network'], networks: [CAMPUS] } as const

  it('is told by the address that the frames come from', async () => {
    const room = await aRoom(test, { policy })
    const away = await start(room, room.alice, ELSEWHERE)
    expect(away.body.presence).toMatchObject({ isProven: false, missing: ['network'] })
    expect((await show(room.alice, away.body.id, {}, ELSEWHERE)).body.isProven).toBe(false)
    expect((await show(room.alice, away.body.id, {}, '192.0.2.200')).body.isProven).toBe(true)
    const { body } = await sendCheckIn(test, room.alice, away.body.id, face(room))
    expect(body).toMatchObject({ outcome: 'accepted' })
    expect(await recordsOf(test, room)).toMatchObject([{ assurance: 'A', presence: ['network'] }])
  })

  const claim = (on: TestApp, room: Room, forwarded: string) =>
    on.call(startCheckIn, {
      as: room.alice,
      params: { sessionId: room.sessionId },
      headers: { 'x-forwarded-for': forwarded },
      remoteAddress: ELSEWHERE,
    })

  it('is not told by a header where no proxy is trusted', async () => {
    const room = await aRoom(test, { policy })
    expect((await claim(test, room, '192.0.2.10')).body.presence).toMatchObject({ isProven: false })
  })

  it('is told by a trusted proxy, and not by what was written before it', async () => {
    const room = await aRoom(behindProxy, { policy })
    expect((await claim(behindProxy, room, '192.0.2.10')).body.presence).toMatchObject({ isProven: true })
    expect((await claim(behindProxy, room, `192.0.2.10, ${ELSEWHERE}`)).body.presence).toMatchObject({
      isProven: false,
    })
  })
})

describe('a place', () => {
  const policy = { assurance: 'A', presenceProofs: ['geofence'], geofence: HALL } as const

  it.each<[string, Partial<PositionGiven>, boolean, string]>([
    ['in the hall', {}, true, 'inside'],
    ['claimed to be exact: what a browser claims cannot be checked', { accuracyMetres: 0, ageMs: 0 }, true, 'inside'],
    ['so inaccurate that it may be anywhere', { accuracyMetres: 5_000 }, false, 'inaccurate'],
    ['of ten minutes ago', { ageMs: 600_000 }, false, 'stale'],
    ['in the next town', { latitude: 52.7 }, false, 'outside'],
  ])('%s', async (_, differences, isProven, place) => {
    const room = await aRoom(test, { policy })
    const challenge = await challengeOf(room, room.alice)
    const shown = await show(room.alice, challenge.id, { position: { ...IN_HALL, ...differences } })
    expect(shown.body).toMatchObject({ isProven, place, missing: isProven ? [] : ['geofence'] })
    const sent = await sendCheckIn(test, room.alice, challenge.id, face(room))
    expect(sent.error).toBe(isProven ? undefined : 'presence-needed')
  })

  it.each<[string, object]>([
    ['no accuracy', { accuracyMetres: undefined }],
    ['a negative accuracy', { accuracyMetres: -1 }],
    ['a time that is still to come', { ageMs: -1 }],
    ['a latitude beyond the pole', { latitude: 91 }],
    ['words', { longitude: 'here' }],
  ])('is refused with %s', async (_, wrong) => {
    const room = await aRoom(test, { policy })
    const challenge = await challengeOf(room, room.alice)
    const position = { ...IN_HALL, ...wrong } as PositionGiven
    expect((await show(room.alice, challenge.id, { position })).error).toBe('bad-input')
  })

  it('leaves behind in or out and a coarse distance, and no coordinate anywhere', async () => {
    const room = await aRoom(test, { policy })
    const challenge = await challengeOf(room, room.alice)
    const position = { latitude: 52.987654, longitude: 13.123456, accuracyMetres: 17.5, ageMs: 0 }
    await show(room.alice, challenge.id, { position })
    const [kept, ...others] = await proofsOf(room)
    expect(others).toEqual([])
    expect(kept).toMatchObject({ proof: 'geofence', is_proven: false, place: 'outside', distance: 'farther' })
    expect(JSON.stringify(kept)).not.toMatch(/52[.]|13[.]|17[.]/)
    const audit = await test.db.inInstitution(room.institution.id, (tx) =>
      tx.selectFrom('audit_log').selectAll().execute(),
    )
    expect(JSON.stringify(audit)).not.toMatch(/52[.]98|13[.]12/)
  })

  it('counts as it was last shown', async () => {
    const room = await aRoom(test, { policy })
    const challenge = await challengeOf(room, room.alice)
    await show(room.alice, challenge.id, { position: IN_HALL })
    await show(room.alice, challenge.id, { position: { ...IN_HALL, latitude: 60 } })
    expect((await sendCheckIn(test, room.alice, challenge.id, face(room))).error).toBe('presence-needed')
  })

  it('is not felt out by asking again and again', async () => {
    const room = await aRoom(test, { policy })
    const challenge = await challengeOf(room, room.alice)
    const errors: (string | undefined)[] = []
    for (let tries = 0; tries < 31; tries++)
      errors.push((await show(room.alice, challenge.id, { position: { ...IN_HALL, latitude: 50 + tries } })).error)
    expect(errors.indexOf('too-many-attempts')).toBe(30)
  })
})

describe('several proofs', () => {
  const proofs = { presenceProofs: ['room-code', 'network'], networks: [CAMPUS] } as const

  it.each(['any', 'all'] as const)('%s of them', async (presenceNeeds) => {
    const room = await aRoom(test, { policy: { ...proofs, presenceNeeds } })
    const challenge = await challengeOf(room, room.alice)
    expect(challenge.presence).toMatchObject({ proven: ['network'], isProven: presenceNeeds === 'any' })
    await sendCheckIn(test, room.alice, challenge.id, face(room))
    const assurance = presenceNeeds === 'any' ? 'A' : 'B'
    expect(await recordsOf(test, room)).toMatchObject([{ assurance, presence: ['network'] }])
  })
})
