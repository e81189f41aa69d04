import type { Picture } from './camera-frames.ts'
import { type Light, lightOf } from './framing.ts'

export type EncodeRequest = { picture: Picture; width: number; height: number; quality: number }
export type Encoded = { jpeg: Blob; light: Light }

/** Makes JPEGs of camera frames. It takes the picture and closes it. */
export type FrameEncoder = {
  encode: (request: EncodeRequest) => Promise<Encoded>
  close: () => void
}

export type ToWorker = EncodeRequest & { id: number }
export type FromWorker = ({ id: number } & Encoded) | { id: number; failed: string }

export const LIGHT_WIDTH = 32
export const LIGHT_HEIGHT = 24

/** More frames than this with the worker mean that it gets too little of the processor. */
const WORKER_WAITING_MAX = 3

/**
 * Encodes in a worker where the browser can draw there, and on the page where it cannot or the worker falls behind:
 * browsers give the page more of a busy processor than they give a worker.
 */
export function createFrameEncoder(): FrameEncoder {
  const page = createPageEncoder()
  if (typeof OffscreenCanvas !== 'function' || !('convertToBlob' in OffscreenCanvas.prototype)) return page
  const worker = createWorkerEncoder()
  return {
    encode: (request) => (worker.waiting() < WORKER_WAITING_MAX ? worker.encode(request) : page.encode(request)),
    close: worker.close,
  }
}

function createWorkerEncoder(): FrameEncoder & { waiting: () => number } {
  const worker = new Worker(new URL('./encode-worker.ts', import.meta.url), { type: 'module', name: 'frames' })
  const waiting = new Map<number, { resolve: (encoded: Encoded) => void; reject: (error: Error) => void }>()
  let nextId = 0
  const failAll = (error: Error) => {
    for (const asked of waiting.values()) asked.reject(error)
    waiting.clear()
  }
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if ('failed' in data) asked?.reject(new Error(data.failed))
    else asked?.resolve({ jpeg: data.jpeg, light: data.light })
  })
  worker.addEventListener('error', (event) => failAll(new Error(event.message)))
  return {
    waiting: () => waiting.size,
    encode: (request) =>
      new Promise((resolve, reject) => {
        const id = nextId++
        waiting.set(id, { resolve, reject })
        worker.postMessage({ ...request, id } satisfies ToWorker, [request.picture])
      }),
    close() {
      worker.terminate()
      failAll(new Error('the encoder was closed'))
    },
  }
}

function createPageEncoder(): FrameEncoder {
  const canvas = document.createElement('canvas')
  const lightCanvas = document.createElement('canvas')
  lightCanvas.width = LIGHT_WIDTH
  lightCanvas.height = LIGHT_HEIGHT
  return {
    async encode({ picture, width, height, quality }) {
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
      const context = drawingOn(canvas.getContext('2d', { alpha: false, willReadFrequently: true }))
      context.drawImage(picture, 0, 0, width, height)
      const light = measureLight(lightCanvas.getContext('2d', { willReadFrequently: true }), picture)
      picture.close()
      // Not toBlob: that waits until the page has nothing else to do, and this page always has.
      return { jpeg: blobOf(canvas.toDataURL('image/jpeg', quality)), light }
    },
    close() {},
  }
}

function blobOf(dataUrl: string): Blob {
  const text = atob(dataUrl.slice(dataUrl.indexOf(',') + 1))
  return new Blob([Uint8Array.from(text, (letter) => letter.charCodeAt(0))], { type: 'image/jpeg' })
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** The context, set up alike wherever frames are drawn. */
export function drawingOn<Drawing extends Context>(context: Drawing | null): Drawing {
  if (context === null) throw new Error('the browser gave no canvas')
  context.imageSmoothingQuality = 'medium'
  return context
}

/** @param context of a canvas of 32×24 */
export function measureLight(context: Context | null, picture: Picture): Light {
  const drawing = drawingOn(context)
  drawing.drawImage(picture, 0, 0, LIGHT_WIDTH, LIGHT_HEIGHT)
  return lightOf(drawing.getImageData(0, 0, LIGHT_WIDTH, LIGHT_HEIGHT).data)
}
