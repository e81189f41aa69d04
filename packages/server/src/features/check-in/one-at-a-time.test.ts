import { startCheckIn } from '@app/contract'
import { ACTIONS } from '@app/domain'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { VisionProblem } from '../../platform/vision.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aCheckInChallenge, anUpload, promptsFor, readShownFaces, sendCheckIn } from '../../testing/builders-faces.ts'
import { aliceIn, aRoom, recordsOf, tileOf } from '../../testing/builders-room.ts'

let readFrames = readShownFaces
let test: TestApp
beforeAll(async () => {
  test = await createTestApp({ readFrames: (request) => readFrames(request), maxConnections: 20 })
})
afterEach(() => {
  readFrames = readShownFaces
})
afterAll(() => test.close())

/** Lets uploads wait inside the reader; answers how many are there, and what lets them all go on. */
function holdReader(): { reading: () => number; release: () => void } {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  let count = 0
  readFrames = async (request) => {
    count += 1
    await opened
    return readShownFaces(request)
  }
  return { reading: () => count, release: open }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

it('ends an earlier challenge with a new one', async () => {
  const room = await aRoom(test)
  const first = await aCheckInChallenge(test, room.alice, room.sessionId)
  const second = await aCheckInChallenge(test, room.alice, room.sessionId)
  expect((await sendCheckIn(test, room.alice, first.id, anUpload(aliceIn(room)))).error).toBe('challenge-expired')
  expect((await sendCheckIn(test, room.alice, second.id, anUpload(aliceIn(room)))).status).toBe(200)
})

it('leaves one good challenge when many are asked for at once', async () => {
  const room = await aRoom(test)
  const asked = await Promise.all(
    Array.from({ length: 8 }, () => test.call(startCheckIn, { as: room.alice, params: { sessionId: room.sessionId } })),
  )
  const stranger = () => anUpload({ face: 'nobody' })
  const replies = []
  for (const { body } of asked) replies.push(await sendCheckIn(test, room.alice, body.id, stranger()))
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(replies.filter(({ error }) => error === 'challenge-expired')).toHaveLength(7)
})

it('refuses a second upload while the first is judged, and takes it afterwards', async () => {
  const room = await aRoom(test)
  const reader = holdReader()
  const first = await aCheckInChallenge(test, room.alice, room.sessionId)
  const judging = sendCheckIn(test, room.alice, first.id, anUpload({ face: 'nobody' }))
  await until(() => reader.reading() === 1)
  const second = await aCheckInChallenge(test, room.alice, room.sessionId)
  const early = await sendCheckIn(test, room.alice, second.id, anUpload(aliceIn(room)))
  expect([early.error, early.status]).toEqual(['verdict-pending', 409])
  expect(early.raw.headers['retry-after']).toBeDefined()
  reader.release()
  expect((await judging).body).toMatchObject({ outcome: 'refused' })
  expect((await sendCheckIn(test, room.alice, second.id, anUpload(aliceIn(room)))).body).toMatchObject({
    outcome: 'accepted',
  })
})

it('judges no more than five before the pause, however many are sent at once', async () => {
  const room = await aRoom(test)
  for (let round = 0; round < 5; round++) {
    const challenges = []
    for (let i = 0; i < 4; i++) challenges.push(await aCheckInChallenge(test, room.alice, room.sessionId))
    await Promise.all(challenges.map(({ id }) => sendCheckIn(test, room.alice, id, anUpload({ face: `try ${id}` }))))
  }
  expect((await tileOf(test, room, room.alice)).refusals?.count).toBe(5)
  const paused = await test.call(startCheckIn, { as: room.alice, params: { sessionId: room.sessionId } })
  expect(paused.error).toBe('face-paused')
})

it('keeps nobody waiting for the upload of somebody else', async () => {
  const room = await aRoom(test)
  const reader = holdReader()
  const [alices, bobs] = [
    await aCheckInChallenge(test, room.alice, room.sessionId),
    await aCheckInChallenge(test, room.bob, room.sessionId),
  ]
  const both = [
    sendCheckIn(test, room.alice, alices.id, anUpload(aliceIn(room))),
    sendCheckIn(test, room.bob, bobs.id, anUpload({ face: `bob of ${room.class.id}` })),
  ]
  await until(() => reader.reading() === 2)
  reader.release()
  expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200])
})

it('takes the next upload when the one before broke the reader, and after a minute when a server died with it', async () => {
  const room = await aRoom(test)
  const broken = await aCheckInChallenge(test, room.alice, room.sessionId)
  readFrames = async () => {
    throw new VisionProblem('down', null)
  }
  await sendCheckIn(test, room.alice, broken.id, anUpload(aliceIn(room)))
  readFrames = readShownFaces
  const died = await aCheckInChallenge(test, room.alice, room.sessionId)
  await test.db.inInstitution(room.institution.id, (tx) =>
    tx.updateTable('challenges').set({ spent_at: test.clock.now() }).where('id', '=', died.id).execute(),
  )
  const next = await aCheckInChallenge(test, room.alice, room.sessionId)
  expect((await sendCheckIn(test, room.alice, next.id, anUpload(aliceIn(room)))).error).toBe('verdict-pending')
  test.clock.advance(60_000)
  expect((await sendCheckIn(test, room.alice, next.id, anUpload(aliceIn(room)))).status).toBe(200)
})

it('gives nothing back to somebody who has asked for a newer challenge in the meantime', async () => {
  const room = await aRoom(test)
  const first = await aCheckInChallenge(test, room.alice, room.sessionId)
  readFrames = async () => {
    test.clock.advance(1000)
    await aCheckInChallenge(test, room.alice, room.sessionId)
    throw new VisionProblem('busy', null)
  }
  expect((await sendCheckIn(test, room.alice, first.id, anUpload(aliceIn(room)))).error).toBe('vision-busy')
  readFrames = readShownFaces
  expect((await sendCheckIn(test, room.alice, first.id, anUpload(aliceIn(room)))).error).toBe('challenge-spent')
})

it('needs the time of every instruction, so that no page has its frames searched more loosely', async () => {
  const room = await aRoom(test)
  const { id, actions } = await aCheckInChallenge(test, room.alice, room.sessionId)
  const other = ACTIONS.find((action) => !actions.includes(action)) ?? 'smile'
  const honest = promptsFor(actions)
  const wrong = [
    [],
    honest.slice(0, -1),
    promptsFor(actions.toReversed()),
    promptsFor([...actions, other]),
    promptsFor([other, ...actions.slice(1)]),
    honest.map((prompt) => ({ ...prompt, shownAtMs: 0 })),
    honest.map((prompt, i) => ({ ...prompt, shownAtMs: (actions.length - i) * 1000 })),
  ]
  for (const prompts of wrong) {
    const reply = await sendCheckIn(test, room.alice, id, anUpload(aliceIn(room), { more: { prompts } }))
    expect(reply.error).toBe('bad-input')
  }
  expect(await recordsOf(test, room)).toEqual([])
  expect((await sendCheckIn(test, room.alice, id, anUpload(aliceIn(room)))).status).toBe(200)
})
