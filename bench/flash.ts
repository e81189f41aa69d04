import { readdir } from 'node:fs/promises'
import path from 'node:path'
import {
  type DrawNumber,
  decideLive,
  drawColours,
  type FaceEvidence,
  type FlashColour,
  SHIPPED_THRESHOLDS,
} from '../packages/domain/src/index.ts'
import { chooseFrames } from '../packages/vision/src/choose-frames.ts'
import type { FlashEvidence, Frame } from '../packages/vision/src/evidence.ts'
import { readFlash } from '../packages/vision/src/flash.ts'
import { followHead, nearest } from '../packages/vision/src/follow-head.ts'
import { decodeJpeg } from '../packages/vision/src/stages/decode.ts'
import { flashOf, litFrames } from '../packages/vision/src/testing/lit-frames.ts'
import { createDraw } from '../packages/vision/src/testing/upload-mix.ts'
import { readClip, toUpload } from './clip.ts'
import { openStages } from './open-stages.ts'

/** How strong the drawn screen is beside the room's light: none, a window, an office, a dim room, dusk. */
const STRENGTHS = [0, 0.05, 0.1, 0.2, 0.4]
const SEQUENCES = 3
const SEED = 324

type Count = { accepted: number; 'flash-missing': number; 'flash-unseen': number; of: number }

/**
 * The colour-flash check on clips whose frames are drawn as if a screen had shone on them: how often it is answered
 * under the colours that were asked, and under others. No real screen has shone on anybody here.
 */
export async function flash({ clips }: { clips: string }) {
  const names = (await readdir(clips)).filter((name) => name.endsWith('.mjpeg')).sort()
  const stages = await openStages()
  const draw = createDraw(SEED)
  const asked: Record<string, Count> = {}
  const others: Record<string, Count> = {}
  for (const name of names) {
    const frames = (await toUpload(await readClip(path.join(clips, name)))).filter(({ kind }) => kind === 'small')
    const head = nearest(await stages.detect(await decodeJpeg(frames[0]?.jpeg ?? new Uint8Array(), 0)))
    if (!head) throw new Error(`there is no face in ${name}`)
    for (const strength of STRENGTHS)
      for (let i = 0; i < SEQUENCES; i++) {
        const colours = drawColours(draw)
        const shown = flashOf(colours)
        const lit = await litFrames(upTo(frames, shown.endedAtMs), shown, { strength, head })
        const course = await followHead(stages, lit, {
          chosen: chooseFrames(lit, 'sparse'),
          maxMissing: 1,
        })
        count(asked, strength, await readFlash(lit, course, shown))
        count(others, strength, await readFlash(lit, course, flashOf(otherThan(colours, draw))))
      }
  }
  return { clips: names.length, asked, others }
}

function otherThan(colours: readonly FlashColour[], draw: DrawNumber): FlashColour[] {
  for (;;) {
    const other = drawColours(draw)
    if (other.join() !== colours.join()) return other
  }
}

const upTo = (frames: readonly Frame[], endMs: number) => frames.filter(({ atMs }) => atMs <= endMs + 100)

function count(counts: Record<string, Count>, strength: number, evidence: FlashEvidence): void {
  const verdict = decideLive({ ...BEYOND_DOUBT, flash: evidence }, { ...SHIPPED_THRESHOLDS, colourFlash: true })
  counts[strength] ??= { accepted: 0, 'flash-missing': 0, 'flash-unseen': 0, of: 0 }
  const row = counts[strength]
  row.of++
  if (verdict.outcome === 'accepted') row.accepted++
  else if (verdict.because === 'flash-missing' || verdict.because === 'flash-unseen') row[verdict.because]++
}

/** Everything else about the face holds, so that the flash alone decides. */
const BEYOND_DOUBT: Extract<FaceEvidence, { kind: 'face' }> = {
  kind: 'face',
  light: 'normal',
  actions: [],
  sameFace: 1,
  genuine: 1,
  solidHead: { kind: 'measured', residual: 1, yawSpanDegrees: 30 },
  flash: { kind: 'not-asked' },
  injection: [],
  probe: new Float32Array(),
  goodFrames: 3,
  agreement: 1,
  model: '',
  frameHashes: [],
}
