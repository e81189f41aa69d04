import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { checkIn, readShownFaces } from '../../testing/builders-faces.ts'
import { aliceIn, aRoom, bobIn, tileOf } from '../../testing/builders-room.ts'
import { startForgettingFrames } from '../challenge/index.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp({ readFrames: readShownFaces })
  await startForgettingFrames(test.deps)
})
afterAll(() => test.close())

/** Hashes of frames that show nothing alike. */
const framesOf = (name: string) =>
  Array.from({ length: 24 }, (_, i) => createHash('md5').update(`${name} ${i}`).digest('hex'))
/** The same frames after other compression, without the first of them. */
const sentAgain = (hashes: string[]) => hashes.slice(3).map((hash, i) => (i % 2 === 0 ? hash : flipFirst(hash)))
const flipFirst = (hash: string) => (Number.parseInt(hash.charAt(0), 16) ^ 1).toString(16) + hash.slice(1)

const remembered = (institutionId: string) =>
  test.db.inInstitution(institutionId, (tx) => tx.selectFrom('frame_hashes').select('challenge_id').execute())

it('refuses frames that were sent in an earlier attempt, and tells the teacher alone', async () => {
  const room = await aRoom(test)
  const frameHashes = framesOf(room.sessionId)
  await checkIn(test, room.alice, room.sessionId, { ...aliceIn(room), frameHashes, missing: 'first' })
  const again = { ...aliceIn(room), frameHashes: sentAgain(frameHashes) }
  const { body } = await checkIn(test, room.alice, room.sessionId, again)
  expect(body).toMatchObject({ outcome: 'refused', because: 'not-confirmed' })
  expect((await tileOf(test, room, room.alice)).refusals?.lastBecause).toBe('injection-suspected')
  const fresh = { ...aliceIn(room), frameHashes: framesOf('new ones') }
  expect((await checkIn(test, room.alice, room.sessionId, fresh)).body.outcome).toBe('accepted')
})

it('refuses frames that somebody else of the institution has sent', async () => {
  const room = await aRoom(test)
  const frameHashes = framesOf(room.sessionId)
  await checkIn(test, room.alice, room.sessionId, { ...aliceIn(room), frameHashes })
  const stolen = { ...bobIn(room), frameHashes: sentAgain(frameHashes) }
  expect((await checkIn(test, room.bob, room.sessionId, stolen)).body.outcome).toBe('refused')
})

it('knows nothing of the frames of another institution', async () => {
  const [here, there] = [await aRoom(test), await aRoom(test)]
  const frameHashes = framesOf('everywhere')
  for (const room of [here, there])
    expect((await checkIn(test, room.alice, room.sessionId, { ...aliceIn(room), frameHashes })).status).toBe(200)
  expect((await tileOf(test, there, there.alice)).status).toBe('present')
})

it('lets somebody try again at once who sits still: what does not move is not called repeated', async () => {
  const room = await aRoom(test)
  const still = Array.from({ length: 24 }, () => framesOf('still')[0] ?? '')
  await checkIn(test, room.alice, room.sessionId, { ...aliceIn(room), frameHashes: still, missing: 'first' })
  const { body } = await checkIn(test, room.alice, room.sessionId, { ...aliceIn(room), frameHashes: still })
  expect(body.outcome).toBe('accepted')
})

it('forgets after a day', async () => {
  const room = await aRoom(test)
  const frameHashes = framesOf(room.sessionId)
  await checkIn(test, room.alice, room.sessionId, { ...aliceIn(room), frameHashes, missing: 'first' })
  expect(await remembered(room.institution.id)).toHaveLength(1)
  test.clock.advance(24 * 60 * 60_000 - 1000)
  await test.jobs.runAll()
  expect(await remembered(room.institution.id)).toHaveLength(1)
  test.clock.advance(2000)
  await test.jobs.runAll()
  expect(await remembered(room.institution.id)).toEqual([])
})
