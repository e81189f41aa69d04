import sharp from 'sharp'
import type { Flash, Frame } from '../evidence.ts'
import type { Rect } from '../geometry/picture.ts'

type Shown = Extract<Flash, { kind: 'shown' }>

/** The colours of packages/domain, as linear light. */
export const LIGHT = {
  neutral: [0.39, 0.39, 0.39],
  amber: [0.8, 0.3, 0],
  green: [0, 0.5, 0.15],
  blue: [0.12, 0.42, 1],
  pink: [1, 0.2, 0.6],
} as const

const STEP_MS = 700

/** A flash of these colours, each shown for its time from the start on. */
export function flashOf(colours: readonly (keyof typeof LIGHT)[]): Shown {
  const steps = (['neutral', ...colours] as const).map((shown, i) => ({ light: LIGHT[shown], shownAtMs: i * STEP_MS }))
  return { kind: 'shown', steps, endedAtMs: steps.length * STEP_MS, palette: Object.values(LIGHT) }
}

/** What is drawn: how strong the screen's light is beside the room's, and where the head is. */
type Room = { strength: number; head: Rect }

/** Screen to face to camera to frame: a display, an exposure and a transfer take about this long. */
const DELAY_MS = 90

/** Of the screen's light this much reaches what stands behind a person: distances of 0.35 m and 1 m, squared. */
const BEHIND = 1 / 8

/**
 * Frames as a camera would have taken them had the screen shone on the person: linear light multiplied by 1 + strength ×
 * the screen's, fully on the face, less on the body, an eighth behind, with a white balance that moves by 2 % meanwhile.
 * It is a drawing: no shine, no light from the side, no camera that reacts.
 */
export async function litFrames(frames: readonly Frame[], { steps }: Shown, room: Room): Promise<Frame[]> {
  return Promise.all(
    frames.map(async (frame) => {
      const step = steps.findLastIndex(({ shownAtMs }) => frame.atMs - DELAY_MS >= shownAtMs)
      const light = steps[Math.max(0, step)]?.light ?? LIGHT.neutral
      const balance = [1 + 0.02 * Math.sin(step * 2.1), 1, 1 + 0.02 * Math.cos(step * 1.3)]
      return { ...frame, jpeg: await litJpeg(frame.jpeg, room, { light, balance }) }
    }),
  )
}

async function litJpeg(
  jpeg: Uint8Array,
  { strength, head }: Room,
  { light, balance }: { light: readonly number[]; balance: readonly number[] },
): Promise<Uint8Array> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true })
  const out = Buffer.alloc(data.length)
  for (let y = 0; y < info.height; y++)
    for (let x = 0; x < info.width; x++) {
      const reach = strength * reachAt(x, y, head)
      for (let c = 0; c < 3; c++) {
        const i = (y * info.width + x) * 3 + c
        out[i] = encode(linear(data[i] ?? 0) * (1 + reach * (light[c] ?? 0)) * (balance[c] ?? 1))
      }
    }
  const { width, height } = info
  return sharp(out, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 50 })
    .toBuffer()
}

/** How much of the screen's light arrives at a pixel: face 1, body 0.7, the room behind. */
function reachAt(x: number, y: number, head: Rect): number {
  const [middleX, middleY] = [head.x + head.width / 2, head.y + head.height / 2]
  const off = Math.hypot((x - middleX) / (0.75 * head.width), (y - middleY) / (0.75 * head.height))
  const isBody = y > head.y + 0.9 * head.height && Math.abs(x - middleX) < 1.6 * head.width
  const near = Math.max(isBody ? 0.7 : 0, Math.min(1, Math.max(0, (1.3 - off) / 0.3)))
  return BEHIND + (1 - BEHIND) * near
}

function linear(byte: number): number {
  const v = byte / 255
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
}

function encode(light: number): number {
  const v = Math.min(1, Math.max(0, light))
  return Math.round(255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055))
}
