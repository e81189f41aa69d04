import { createHash } from 'node:crypto'
import {
  type ChallengeView,
  giveConsent,
  startCheckIn,
  startEnrolment,
  submitCheckIn,
  submitEnrolment,
} from '@app/contract'
import type { Action, FaceEvidence } from '@app/domain'
import { NOTICE_VERSION } from '../features/enrolment/notice.ts'
import type { ReadFrames } from '../platform/vision.ts'
import type { Caller, TestApp, TestReply } from './app.ts'

type Face = Extract<FaceEvidence, { kind: 'face' }>

/** What the first frame of a test upload says for itself: whose face it shows, and in what it differs from a good one. */
export type Shown = { face: string; missing?: string; unusable?: string } & Partial<
  Pick<
    Face,
    | 'light'
    | 'frameHashes'
    | 'sameFace'
    | 'genuine'
    | 'solidHead'
    | 'flash'
    | 'injection'
    | 'goodFrames'
    | 'agreement'
    | 'model'
  >
>

/** A unit vector of its own for every name; two names are nearly at right angles. */
export function faceOf(name: string): Float32Array {
  const vector = new Float32Array(512)
  for (let i = 0; i < 512; i++)
    vector[i] = createHash('sha256').update(`${name} ${i}`).digest().readUInt32LE() / 2 ** 31 - 1
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}

const JPEG_START = [0xff, 0xd8, 0xff, 0xe0]

/** Reads what `anUpload` wrote: the frames say which evidence to answer. */
export const readShownFaces: ReadFrames = async ({ frames, actions }) => {
  const shown: Shown = JSON.parse(Buffer.from(frames[0]?.jpeg.subarray(JPEG_START.length) ?? []).toString())
  if (shown.unusable !== undefined)
    return { kind: 'unusable', because: shown.unusable as 'blurred', light: shown.light ?? 'normal' }
  const { face, missing, unusable: _, ...differences } = shown
  return {
    kind: 'face',
    light: 'normal',
    actions: actions.map((action, i) => ({ action, seen: !(missing === action || (missing === 'first' && i === 0)) })),
    sameFace: 0.9,
    genuine: 0.98,
    solidHead: { kind: 'measured', residual: 0.2, yawSpanDegrees: 30 },
    flash: { kind: 'not-asked' },
    injection: [],
    probe: faceOf(face),
    goodFrames: 5,
    agreement: 0.8,
    model: 'a-model@1',
    frameHashes: [],
    ...differences,
  }
}

export type Upload = { bundle: string; file: Buffer }

/** A form as the page would send it: three frames that begin like a JPEG. */
export function anUpload(shown: Shown, changed: { lengths?: number[]; more?: object } = {}): Upload {
  const pieces = [JSON.stringify(shown), 'second', 'third'].map((text) =>
    Buffer.concat([Buffer.from(JPEG_START), Buffer.from(text)]),
  )
  const frames = pieces.map((piece, i) => ({
    kind: i === 0 ? 'full' : 'small',
    atMs: i * 66,
    bytes: changed.lengths?.[i] ?? piece.length,
  }))
  const bundle = JSON.stringify({ frames, cameraLabel: 'Front camera', ...changed.more })
  return { bundle, file: Buffer.concat(pieces) }
}

/** Whoever sends frames: the challenge is looked up for what the page would say of it. */
export type Sender = Caller & { institutionId: string }

export async function sendCheckIn(
  test: TestApp,
  as: Sender,
  challengeId: string,
  { bundle, file }: Upload,
): Promise<TestReply<typeof submitCheckIn>> {
  const body = { bundle: await withPrompts(test, as, challengeId, bundle) }
  return test.call(submitCheckIn, { as, params: { challengeId }, body, file: { bytes: file } })
}

export async function sendEnrolment(
  test: TestApp,
  as: Sender,
  challengeId: string,
  { bundle, file }: Upload,
): Promise<TestReply<typeof submitEnrolment>> {
  const body = { bundle: await withPrompts(test, as, challengeId, bundle) }
  return test.call(submitEnrolment, { as, params: { challengeId }, body, file: { bytes: file } })
}

/** When an honest page would have shown each instruction. */
export const promptsFor = (actions: readonly Action[]) => actions.map((action, i) => ({ action, shownAtMs: i * 1000 }))

/** Adds the prompts of the challenge to a bundle that says nothing of its own about them. */
async function withPrompts(test: TestApp, as: Sender, challengeId: string, bundle: string): Promise<string> {
  if (!bundle.startsWith('{"frames":[{') || bundle.includes('"prompts"')) return bundle
  const challenge = await test.db.inInstitution(as.institutionId, (tx) =>
    tx.selectFrom('challenges').select('actions').where('id', '=', challengeId).executeTakeFirst(),
  )
  const prompts = promptsFor(challenge?.actions ?? ['blink', 'turn-left'])
  return JSON.stringify({ ...JSON.parse(bundle), prompts })
}

/** Consents and enrols by the API, as a student would. */
export async function enrol(test: TestApp, as: Sender, face: string): Promise<void> {
  await test.call(giveConsent, { as, body: { version: NOTICE_VERSION } })
  const challenge = await test.call(startEnrolment, { as })
  const { body } = await sendEnrolment(test, as, challenge.body.id, anUpload({ face }))
  if (body.outcome !== 'accepted') throw new Error(`the enrolment was not accepted: ${JSON.stringify(body)}`)
}

/** A challenge to be marked in a session, asked for by the API. */
export async function aCheckInChallenge(test: TestApp, as: Caller, sessionId: string): Promise<ChallengeView> {
  const { status, body } = await test.call(startCheckIn, { as, params: { sessionId } })
  if (status !== 200) throw new Error(`no challenge: ${JSON.stringify(body)}`)
  return body
}

/** Shows one face for one session: challenge and upload. */
export async function checkIn(
  test: TestApp,
  as: Sender,
  sessionId: string,
  shown: Shown,
): Promise<TestReply<typeof submitCheckIn>> {
  const challenge = await aCheckInChallenge(test, as, sessionId)
  return sendCheckIn(test, as, challenge.id, anUpload(shown))
}
