import {
  type ChallengeView,
  changePolicy,
  getFlashSetting,
  setFlashSetting,
  startEnrolment,
  submitCheckIn,
} from '@app/contract'
import { FLASH_COLOURS, FLASH_LIGHT } from '@app/domain'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aCheckInChallenge, anUpload, readShownFaces, type Shown } from '../../testing/builders-faces.ts'
import { aliceIn, aRoom, type Room, tileOf } from '../../testing/builders-room.ts'

let test: TestApp
let readFrames = readShownFaces
beforeAll(async () => {
  test = await createTestApp({ readFrames: (request) => readFrames(request) })
})
afterAll(() => test.close())
beforeEach(() => {
  readFrames = readShownFaces
})

const ANSWERED = { kind: 'seen', agreement: 0.93, inOrder: true } as const
const TIMES = { shownAtMs: [0, 700, 1400, 2100, 2800, 3500], endedAtMs: 4200 }

/** A room whose institution asks for colours; its students enrolled before it did. */
async function aRoomWithColours(): Promise<Room> {
  const room = await aRoom(test)
  await test.call(changePolicy, { as: room.admin, body: { changes: { colourFlash: true }, reset: [] } })
  return room
}

async function send(room: Room, { id, actions }: ChallengeView, shown: Partial<Shown>, flash: typeof TIMES | null) {
  const prompts = actions.map((action, i) => ({ action, shownAtMs: 4300 + i * 1000 }))
  const { bundle, file } = anUpload({ ...aliceIn(room), ...shown }, { more: { prompts, flash } })
  return test.call(submitCheckIn, {
    as: room.alice,
    params: { challengeId: id },
    body: { bundle },
    file: { bytes: file },
  })
}

it('shows no colours unless the policy asks for them', async () => {
  const room = await aRoom(test)
  expect((await aCheckInChallenge(test, room.alice, room.sessionId)).colours).toBeNull()
  expect((await test.call(getFlashSetting, { as: room.alice })).body).toEqual({ asked: false, avoids: false })
})

it('draws them with each challenge, for enrolment too, and never the same for long', async () => {
  const room = await aRoomWithColours()
  const drawn = new Set<string>()
  for (let i = 0; i < 12; i++) {
    test.clock.advance(2000)
    const { colours } = await aCheckInChallenge(test, room.alice, room.sessionId)
    expect(colours).toHaveLength(5)
    for (const colour of colours ?? []) expect(FLASH_COLOURS).toContain(colour)
    drawn.add(String(colours))
  }
  expect(drawn.size).toBeGreaterThan(6)
  const enrolment = await test.call(startEnrolment, { as: room.alice })
  expect(enrolment.error).toBe('enrolled-already')
})

it('has the frames read against the light of its own colours, at the page’s times', async () => {
  const room = await aRoomWithColours()
  const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
  const asked: Parameters<typeof readShownFaces>[0][] = []
  readFrames = (request) => {
    asked.push(request)
    return readShownFaces(request)
  }
  const { body } = await send(room, challenge, { flash: ANSWERED }, TIMES)
  expect(body).toMatchObject({ outcome: 'accepted' })
  const lights = ['neutral' as const, ...(challenge.colours ?? [])].map((shown) => FLASH_LIGHT[shown])
  expect(asked[0]?.flash).toEqual({
    kind: 'shown',
    steps: lights.map((light, i) => ({ light, shownAtMs: TIMES.shownAtMs[i] })),
    endedAtMs: TIMES.endedAtMs,
    palette: Object.values(FLASH_LIGHT),
  })
})

it.each([
  ['leaves them out', null],
  ['shows too few', { ...TIMES, shownAtMs: TIMES.shownAtMs.slice(1) }],
  ['shows them too fast', { shownAtMs: [0, 100, 200, 300, 400, 500], endedAtMs: 600 }],
  ['shows them during the actions', { shownAtMs: TIMES.shownAtMs.map((at) => at + 900), endedAtMs: 5100 }],
])('takes nothing of a page that %s, and leaves the challenge as it was', async (_, flash) => {
  const room = await aRoomWithColours()
  const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
  expect((await send(room, challenge, { flash: ANSWERED }, flash)).error).toBe('bad-input')
  expect((await send(room, challenge, { flash: ANSWERED }, TIMES)).body).toMatchObject({ outcome: 'accepted' })
})

it('refuses a face that answers other colours, and tells only the teacher why', async () => {
  const room = await aRoomWithColours()
  const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
  const { body } = await send(room, challenge, { flash: { kind: 'seen', agreement: 0.2, inOrder: false } }, TIMES)
  expect(body).toMatchObject({ outcome: 'refused', because: 'not-confirmed' })
  expect(await tileOf(test, room, room.alice)).toMatchObject({ refusals: { lastBecause: 'flash-missing' } })
})

it('never accepts where the light hides the answer, and says so', async () => {
  const room = await aRoomWithColours()
  const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
  const { body } = await send(room, challenge, { flash: { kind: 'unseen' } }, TIMES)
  expect(body).toMatchObject({ outcome: 'refused', because: 'flash-unseen' })
})

it('lets a student off the colours of the challenge they have in hand', async () => {
  const room = await aRoomWithColours()
  const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
  await test.call(setFlashSetting, { as: room.alice, body: { avoids: true } })
  expect((await send(room, challenge, { genuine: 0.95 }, null)).body).toMatchObject({ outcome: 'accepted' })
})

it('shows none to a student who asked not to see them, without asking why; the rest must be beyond doubt then', async () => {
  const room = await aRoomWithColours()
  const wish = await test.call(setFlashSetting, { as: room.alice, body: { avoids: true } })
  expect(wish.body).toEqual({ asked: true, avoids: true })
  const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
  expect(challenge.colours).toBeNull()
  expect((await aCheckInChallenge(test, room.bob, room.sessionId)).colours).toHaveLength(5)
  expect((await send(room, challenge, { genuine: 0.8 }, null)).body).toMatchObject({ because: 'not-confirmed' })
  const again = await aCheckInChallenge(test, room.alice, room.sessionId)
  expect((await send(room, again, { genuine: 0.95 }, null)).body).toMatchObject({ outcome: 'accepted' })
  await test.call(setFlashSetting, { as: room.alice, body: { avoids: false } })
  expect((await test.call(getFlashSetting, { as: room.alice })).body).toEqual({ asked: true, avoids: false })
})
