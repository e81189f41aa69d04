import { drawWith, toBytes } from './drawing.ts'
import { CLIP_FPS } from './mjpeg.ts'

/** One frame of a drawn face: degrees to its own left, lids from open (0) to shut (1), sway in pixels. */
export type Pose = { yawDegrees: number; lids: number; swayX: number; swayY: number }

/** A square of a photo that holds one head, in pixels of the photo. */
export type PhotoOfOne = { photo: string; left: number; top: number; side: number }

/** The face of a photo in these poses, one JPEG of 640 × 480 each. */
export async function drawFace({ photo, ...square }: PhotoOfOne, poses: readonly Pose[]): Promise<Buffer[]> {
  const call = `warpFace(${JSON.stringify({ photo: `/photos/${photo}`, ...square })}, ${JSON.stringify(poses)})`
  const scripts = ['/face_mesh/face_mesh.js', '/page/warp-face.ts']
  return drawWith(scripts, async (page) => (await page.evaluate<string[]>(call)).map(toBytes))
}

/** A wall with nobody in front of it, as a camera sees it. */
export async function drawEmptyRoom(frames: number): Promise<Buffer[]> {
  return drawWith(['/page/draw-room.ts'], async (page) =>
    (await page.evaluate<string[]>(`drawRoom(${frames})`)).map(toBytes),
  )
}

/** The first of `picture`, printed, held up before the wall and shaken. */
export async function drawHeldPhoto([picture]: readonly Buffer[], frames: number): Promise<Buffer[]> {
  const url = `data:image/jpeg;base64,${picture?.toString('base64')}`
  return drawWith(['/page/draw-room.ts'], async (page) =>
    (await page.evaluate<string[]>(`drawHeldPhoto(${JSON.stringify(url)}, ${frames})`)).map(toBytes),
  )
}

const still = (seconds: number): Pose[] =>
  Array.from({ length: Math.round(seconds * CLIP_FPS) }, () => ({ yawDegrees: 0, lids: 0, swayX: 0, swayY: 0 }))

/** Out, a short stay, and back; slower at both ends, as a head turns. */
function turn(degrees: number): Pose[] {
  const frames = Math.round(1.5 * CLIP_FPS)
  return still(1.5).map((pose, i) => {
    const out = Math.min(1, (2.6 * Math.min(i, frames - 1 - i)) / (frames - 1))
    return { ...pose, yawDegrees: degrees * (1 - Math.cos(Math.PI * out)) * 0.5 }
  })
}

/** A slow, deliberate blink. */
const blink: Pose[] = [0.5, 1, 1, 1, 1, 1, 0.5].map((lids) => ({ yawDegrees: 0, lids, swayX: 0, swayY: 0 }))

/** Nobody keeps quite still. */
function sway(poses: readonly Pose[]): Pose[] {
  return poses.map((pose, i) => {
    const round = (2 * Math.PI * i) / poses.length
    return {
      ...pose,
      swayX: 2.5 * Math.sin(round),
      swayY: 1.5 * Math.sin(2 * round),
      yawDegrees: pose.yawDegrees + 0.8 * Math.sin(3 * round),
    }
  })
}

/** Blink, turn to the left, turn to the right, each between rests; comes round in under seven seconds. */
export const LIVELY: Pose[] = sway([
  ...still(0.7),
  ...blink,
  ...still(0.5),
  ...turn(21),
  ...still(0.5),
  ...turn(-21),
  ...still(0.4),
])

/** The same person looking on. */
export const WAITING: Pose[] = sway(still(4))
