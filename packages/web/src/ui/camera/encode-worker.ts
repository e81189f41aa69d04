import { drawingOn, type FromWorker, LIGHT_HEIGHT, LIGHT_WIDTH, measureLight, type ToWorker } from './frame-encoder.ts'

function createEncoder() {
  // One canvas a size: resizing throws its memory away each time.
  const canvases = new Map<string, OffscreenCanvas>()
  const lightCanvas = new OffscreenCanvas(LIGHT_WIDTH, LIGHT_HEIGHT)
  return async ({ picture, width, height, quality }: ToWorker) => {
    const key = `${width}x${height}`
    const canvas = canvases.get(key) ?? new OffscreenCanvas(width, height)
    canvases.set(key, canvas)
    // Readable: the pixels stay in memory, where the encoder wants them.
    const context = drawingOn(canvas.getContext('2d', { alpha: false, willReadFrequently: true }))
    context.drawImage(picture, 0, 0, width, height)
    const light = measureLight(lightCanvas.getContext('2d', { willReadFrequently: true }), picture)
    picture.close()
    // The canvas is copied before the call returns: the next frame may be drawn while this one is being made.
    const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality })
    return { jpeg, light }
  }
}

function serve(encode: ReturnType<typeof createEncoder>): void {
  self.addEventListener('message', async ({ data }: MessageEvent<ToWorker>) => {
    const answer: FromWorker = await encode(data).then(
      (encoded) => ({ id: data.id, ...encoded }),
      (error: unknown) => ({ id: data.id, failed: String(error) }),
    )
    self.postMessage(answer)
  })
}

serve(createEncoder())
