import type { Picture } from './camera-frames.ts'
import type { FaceGuide, FaceReading } from './face-reading.ts'
import { readFaces } from './face-shape.ts'

export type ToGuideWorker = { kind: 'start'; baseUrl: string } | { kind: 'read'; picture: Picture }
export type FromGuideWorker =
  | { kind: 'faces'; faces: Float32Array[]; aspect: number }
  | { kind: 'broken'; message: string }

/** Where the build puts MediaPipe's files; see vite-plugins/served-assets.ts. */
const FACE_MESH_URL = '/vendor/face-mesh/'

/** The first picture waits for 9 MB of models and shaders; later ones do not. */
const FIRST_READ_MAX_MS = 40_000
const READ_MAX_MS = 8_000

/** MediaPipe's face mesh in a worker of its own, so that its half second a frame on a slow phone delays nobody. */
export function createFaceGuide(): FaceGuide {
  const worker = new Worker(new URL('./face-mesh-worker.ts', import.meta.url), { type: 'classic', name: 'face-guide' })
  let asked: { resolve: (reading: FaceReading) => void; reject: (error: Error) => void; timer: number } | null = null
  let broken: Error | null = null
  let hasRead = false

  function fail(error: Error) {
    broken = error
    worker.terminate()
    const waiting = asked
    asked = null
    if (waiting === null) return
    clearTimeout(waiting.timer)
    waiting.reject(error)
  }

  worker.addEventListener('error', (event) => fail(new Error(event.message || 'the face guide did not start')))
  worker.addEventListener('message', ({ data }: MessageEvent<FromGuideWorker>) => {
    if (data.kind === 'broken') return fail(new Error(data.message))
    const waiting = asked
    if (waiting === null) return
    asked = null
    hasRead = true
    clearTimeout(waiting.timer)
    waiting.resolve(readFaces(data.faces, data.aspect))
  })
  post({ kind: 'start', baseUrl: new URL(FACE_MESH_URL, location.href).href }, [])

  function post(message: ToGuideWorker, transfer: Transferable[]) {
    worker.postMessage(message, transfer)
  }

  return {
    isBusy: () => asked !== null || broken !== null,
    read: (picture) =>
      new Promise((resolve, reject) => {
        if (broken !== null || asked !== null) {
          picture.close()
          return reject(broken ?? new Error('the face guide is busy'))
        }
        const limitMs = hasRead ? READ_MAX_MS : FIRST_READ_MAX_MS
        const timer = window.setTimeout(() => fail(new Error('the face guide is too slow')), limitMs)
        asked = { resolve, reject, timer }
        post({ kind: 'read', picture }, [picture])
      }),
    close: () => fail(new Error('the face guide was closed')),
  }
}
