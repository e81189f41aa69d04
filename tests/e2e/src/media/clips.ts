import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { glob, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { drawEmptyRoom, drawFace, drawHeldPhoto, LIVELY, type PhotoOfOne, WAITING } from './animated-loops.ts'
import { joinForFakeCamera, splitMjpeg } from './mjpeg.ts'
import { cutLoop, type Piece } from './recorded-loops.ts'

const ROOT = path.resolve(import.meta.dirname, '../../../..')
const RECORDED = path.resolve(ROOT, '../shared/data')

/** What stands before the camera: files for `launchBrowser`, each a loop. */
export type Clips = {
  /** Faces drawn from photos are an attack that injection checks may see through. */
  areDrawn: boolean
  /** Blinks, turns left, turns right. */
  student: string
  /** The same person, who does nothing that is asked. */
  waitingStudent: string
  /** Somebody else, who does everything that is asked. */
  stranger: string
  /** A print of the student's photo, held up and shaken. */
  heldPhoto: string
  emptyRoom: string
}

type ClipName = Exclude<keyof Clips, 'areDrawn'>
type Maker = () => Promise<Buffer[]>

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
function recordedClips(): Record<ClipName, Maker> {
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
function drawnClips(): Record<ClipName, Maker> {
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
  const make = async (name: ClipName): Promise<string> => {
    const file = path.join(folder, `${name}.mjpeg`)
    if (existsSync(file)) return file
    const frames = await (isRecorded ? recordedClips() : drawnClips())[name]()
    await writeFile(`${file}.new`, joinForFakeCamera(frames))
    await rename(`${file}.new`, file)
    return file
  }
  return {
    areDrawn: !isRecorded,
    student: await make('student'),
    waitingStudent: await make('waitingStudent'),
    stranger: await make('stranger'),
    heldPhoto: await make('heldPhoto'),
    emptyRoom: await make('emptyRoom'),
  }
}
