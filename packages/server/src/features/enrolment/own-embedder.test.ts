import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { agree, showToEnrol, twoStudents } from '../../testing/builders-enrolment.ts'
import { faceOf, readShownFaces } from '../../testing/builders-faces.ts'

/** An embedder whose similarities all lie higher than the shipped one's. */
const operatingPoints = { '1e-3': 0.7, '1e-4': 0.85, '1e-5': 0.9 }

let mixture = 0
let test: TestApp
beforeAll(async () => {
  test = await createTestApp({
    faceModel: { name: 'a-model@1', operatingPoints },
    readFrames: async (request) => {
      const evidence = await readShownFaces(request)
      return evidence.kind === 'face' ? { ...evidence, probe: mixed(evidence.probe, faceOf('everybody')) } : evidence
    },
  })
})
afterAll(() => test.close())

/** Unit vectors of two names are nearly at right angles: any two mixed so have a cosine of about `mixture`. */
function mixed(own: Float32Array, shared: Float32Array): Float32Array {
  const vector = own.map((each, i) => Math.sqrt(1 - mixture) * each + Math.sqrt(mixture) * (shared[i] ?? 0))
  const length = Math.hypot(...vector)
  return vector.map((each) => each / length)
}

it('holds the frames of an enrolment to the similarities of the embedder that read them', async () => {
  const { alice } = await twoStudents(test)
  await agree(test, alice)
  const show = async (agreement: number, sameFace: number) =>
    (await showToEnrol(test, alice, { face: alice.id, agreement, sameFace })).body.outcome
  expect(await show(0.8, 0.9)).toBe('refused')
  expect(await show(0.9, 0.5)).toBe('refused')
  expect(await show(0.9, 0.9)).toBe('accepted')
})

it('holds a face like another only from the similarity at which that embedder seldom errs', async () => {
  for (const [alike, outcome] of [
    [0.7, 'accepted'],
    [0.97, 'held'],
  ] as const) {
    const { alice, bob } = await twoStudents(test)
    mixture = alike
    for (const [person, expected] of [
      [alice, 'accepted'],
      [bob, outcome],
    ] as const) {
      await agree(test, person)
      const shown = { face: person.id, agreement: 0.95 }
      expect((await showToEnrol(test, person, shown)).body.outcome).toBe(expected)
    }
  }
})
