import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { glob, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { drawEmptyRoom, drawFace, drawHeldPhoto, LIVELY, type PhotoOfOne, WAITING } from './animated-loops.ts'
import { joinForFakeCamera, splitMjpeg } from './mjpeg.ts'
import { cutLoop, type Piece } from './recorded-loops.ts'
import { shootTakes, TAKES } from './takes.ts'

const ROOT = path.resolve(import.meta.dirname, '../../../..')
const RECORDED = path.resolve(ROOT, '../shared/data')

/** What stands before the camera: files for `launchBrowser`, each a loop. */
export type Clips = {
  /** Faces drawn from photos are an attack that injection checks may see through. */
  areDrawn: boolean
  /** Blinks, turns left, turns right; one file for each time it is done. */
  student: readonly string[]
  /** The same person, who does nothing that is asked. */
  waitingStudent: string
  /** Somebody else, who does everything that is asked; one file for each time. */
  stranger: readonly string[]
  /** A print of the student's photo, held up and shaken. */
  heldPhoto: string
  emptyRoom: string
}

type Maker = () => Promise<Buffer[]>
type Makers = Record<'student' | 'waitingStudent' | 'stranger' | 'heldPhoto' | 'emptyRoom', Maker>

/**
 * Rest, blink, rest, turn left, rest, turn right, by the marks beside each clip. The page waits 8 s for an action, so a
 * loop under 7 s shows each whole within that time, whenever it begins. Shut eyes are held as in a slow blink: a
 * machine that draws a camera page in software keeps fewer than 15 pictures a second.
 */
const START: Piece = [0, 0.5]
const REST: Piece = [0.1, 0.4]
const STUDENT_BLINK: Piece[] = [
  [1.2, 1.67],
  [1.67, 1.87, 3],
  [1.87, 2.13],
]
const STUDENT_PIECES: Piece[] = [START, ...STUDENT_BLINK, REST, [2.73, 4], REST, [6.2, 8.13], REST]
const STRANGER_PIECES: Piece[] = [START, [1.2, 2], REST, [2.67, 5.73], REST, [7.93, 9.4], REST]

/** Real people, where the research material is there; it is read, never copied into the repository. */
function recordedClips(): Makers {
  const frames = async (file: string) => splitMjpeg(await readFile(path.join(RECORDED, file)))
  return {
    student: () => cutLoop(path.join(RECORDED, 'clips/p3-blink-left-right.mjpeg'), STUDENT_PIECES),
    waitingStudent: () => frames('clips/p3-still.mjpeg'),
    stranger: () => cutLoop(path.join(RECORDED, 'clips/p1-blink-left-right.mjpeg'), STRANGER_PIECES),
    heldPhoto: () => frames('attacks/sim-p3-print-shaken.mjpeg'),
    emptyRoom: () => drawEmptyRoom(30),
  }
}

/** Two of the people in the photos that `@vladmandic/face-api` ships. */
const STUDENT: PhotoOfOne = { photo: 'sample3.jpg', left: 470, top: 250, side: 420 }
const STRANGER: PhotoOfOne = { photo: 'sample6.jpg', left: 1390, top: 90, side: 460 }

/** Drawn from photos for everybody else. To the server these are an attack that it does not yet see through. */
function drawnClips(): Makers {
  return {
    student: () => drawFace(STUDENT, LIVELY),
    waitingStudent: () => drawFace(STUDENT, WAITING),
    stranger: () => drawFace(STRANGER, LIVELY),
    heldPhoto: async () => drawHeldPhoto(await drawFace(STUDENT, WAITING.slice(0, 1)), 60),
    emptyRoom: () => drawEmptyRoom(30),
  }
}

/** The makers' own source: what they made before a change is not used after it. */
async function hashOfMakers(): Promise<string> {
  const hash = createHash('sha256')
  const files: string[] = []
  for await (const file of glob('**/*.ts', { cwd: import.meta.dirname })) files.push(file)
  for (const file of files.sort()) hash.update(await readFile(path.join(import.meta.dirname, file)))
  return hash.digest('hex').slice(0, 16)
}

/** The clips of this machine, made on first use and kept in `.cache`. `E2E_CLIPS=drawn` leaves the recordings aside. */
export async function prepareClips(): Promise<Clips> {
  const isRecorded = process.env.E2E_CLIPS !== 'drawn' && existsSync(path.join(RECORDED, 'clips'))
  const kind = isRecorded ? 'recorded' : 'drawn'
  const folder = path.join(ROOT, '.cache/e2e-clips', `${kind}-${await hashOfMakers()}`)
  await mkdir(folder, { recursive: true })
  const makers = isRecorded ? recordedClips() : drawnClips()
  const fileOf = (name: string) => path.join(folder, `${name}.mjpeg`)
  const keep = async (name: string, frames: readonly Buffer[]): Promise<string> => {
    await writeFile(`${fileOf(name)}.new`, joinForFakeCamera(frames))
    await rename(`${fileOf(name)}.new`, fileOf(name))
    return fileOf(name)
  }
  const one = async (name: keyof Makers) => (existsSync(fileOf(name)) ? fileOf(name) : keep(name, await makers[name]()))
  const takes = async (name: keyof Makers) => {
    const kept = Array.from({ length: TAKES }, (_, i) => fileOf(`${name}-${i}`))
    if (kept.every((file) => existsSync(file))) return kept
    const shot = await shootTakes(await makers[name]())
    return Promise.all(shot.map((frames, i) => keep(`${name}-${i}`, frames)))
  }
  return {
    areDrawn: !isRecorded,
    student: await takes('student'),
    waitingStudent: await one('waitingStudent'),
    stranger: await takes('stranger'),
    heldPhoto: await one('heldPhoto'),
    emptyRoom: await one('emptyRoom'),
  }
}
