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

/** Encodes in a worker where the browser can draw there, else on the page. */
export function createFrameEncoder(): FrameEncoder {
  return typeof OffscreenCanvas === 'function' && 'convertToBlob' in OffscreenCanvas.prototype
    ? createWorkerEncoder()
    : createPageEncoder()
}

function createWorkerEncoder(): FrameEncoder {
  const worker = new Worker(new URL('./encode-worker.ts', import.meta.url), { type: 'module', name: 'frames' })
  const waiting = new Map<number, { resolve: (encoded: Encoded) => void; reject: (error: Error) => void }>()
  let nextId = 0
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if ('failed' in data) asked?.reject(new Error(data.failed))
    else asked?.resolve({ jpeg: data.jpeg, light: data.light })
  })
  worker.addEventListener('error', (event) => {
    for (const asked of waiting.values()) asked.reject(new Error(event.message))
    waiting.clear()
  })
  return {
    encode: (request) =>
      new Promise((resolve, reject) => {
        const id = nextId++
        waiting.set(id, { resolve, reject })
        worker.postMessage({ ...request, id } satisfies ToWorker, [request.picture])
      }),
    close() {
      worker.terminate()
      for (const asked of waiting.values()) asked.reject(new Error('the encoder was closed'))
      waiting.clear()
    },
  }
}

function createPageEncoder(): FrameEncoder {
  const canvas = document.createElement('canvas')
  const small = document.createElement('canvas')
  small.width = LIGHT_WIDTH
  small.height = LIGHT_HEIGHT
  return {
    async encode({ picture, width, height, quality }) {
      canvas.width = width
      canvas.height = height
      canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height)
      const light = measureLight(small.getContext('2d', { willReadFrequently: true }), picture)
      picture.close()
      const jpeg = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
      if (jpeg === null) throw new Error('the browser made no JPEG')
      return { jpeg, light }
    },
    close() {},
  }
}

/** @param context of a canvas of 32×24 */
export function measureLight(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null,
  picture: Picture,
): Light {
  if (context === null) throw new Error('the browser gave no canvas')
  context.drawImage(picture, 0, 0, LIGHT_WIDTH, LIGHT_HEIGHT)
  return lightOf(context.getImageData(0, 0, LIGHT_WIDTH, LIGHT_HEIGHT).data)
}
