// A classic worker, because MediaPipe's files are plain scripts: it imports nothing, not even as a module would.
type FaceMesh = import('@mediapipe/face_mesh').FaceMesh
type Results = import('@mediapipe/face_mesh').Results
type ToGuideWorker = import('./face-guide.ts').ToGuideWorker
type FromGuideWorker = import('./face-guide.ts').FromGuideWorker

declare function importScripts(...urls: string[]): void

;(function serveFaceMesh() {
  let read: ((picture: ImageBitmap | VideoFrame) => Promise<void>) | null = null
  self.addEventListener('message', async ({ data }: MessageEvent<ToGuideWorker>) => {
    try {
      if (data.kind === 'start') read = startReading(data.baseUrl)
      else await read?.(data.picture)
    } catch (error) {
      answer({ kind: 'broken', message: String(error) })
    }
  })

  function answer(message: FromGuideWorker): void {
    self.postMessage(message)
  }

  function startReading(baseUrl: string): (picture: ImageBitmap | VideoFrame) => Promise<void> {
    const mesh = createMesh(baseUrl)
    let faces: Float32Array[] = []
    mesh.onResults((results: Results) => {
      faces = results.multiFaceLandmarks.map((points) => Float32Array.from(points.flatMap(({ x, y, z }) => [x, y, z])))
      if (results.image instanceof ImageBitmap) results.image.close()
    })
    return async (picture) => {
      faces = []
      const frame = await shrunk(picture)
      const aspect = frame.width / frame.height
      // The type knows pages only; a bitmap goes the same way into the texture.
      await mesh.send({ image: frame as unknown as HTMLCanvasElement })
      frame.close()
      answer({ kind: 'faces', faces, aspect })
    }
  }

  /** The mesh looks at 192 points across a face: a small picture costs less on its way to the graphics chip. */
  async function shrunk(picture: ImageBitmap | VideoFrame): Promise<ImageBitmap> {
    const isBitmap = picture instanceof ImageBitmap
    const width = isBitmap ? picture.width : picture.displayWidth
    const height = isBitmap ? picture.height : picture.displayHeight
    const scale = Math.min(1, 320 / Math.max(width, height))
    const size = { resizeWidth: Math.round(width * scale), resizeHeight: Math.round(height * scale) }
    const small = await createImageBitmap(picture, size)
    picture.close()
    return small
  }

  function createMesh(baseUrl: string): FaceMesh {
    pretendPage()
    importScripts(`${baseUrl}face_mesh.js`)
    const { FaceMesh: Mesh } = globalThis as unknown as { FaceMesh: new (config: object) => FaceMesh }
    const mesh = new Mesh({ locateFile: (file: string) => baseUrl + file })
    mesh.setOptions({ maxNumFaces: 2, refineLandmarks: true, minDetectionConfidence: 0.5, minTrackingConfidence: 0.5 })
    return mesh
  }

  /** The little of a page that MediaPipe asks for; its own path for workers forgets the WebGL context. */
  function pretendPage(): void {
    const page = {
      createElement: (tag: string) => (tag === 'canvas' ? new OffscreenCanvas(1, 1) : createScript()),
      body: { appendChild: (script: ReturnType<typeof createScript>) => script.run() },
      addEventListener: () => {},
      getElementById: () => null,
      querySelector: () => null,
    }
    Object.assign(globalThis, { window: globalThis, document: page })
  }

  function createScript() {
    const attributes = new Map<string, string>()
    const listeners = new Map<string, () => void>()
    return {
      setAttribute: (name: string, value: string) => void attributes.set(name, value),
      addEventListener: (name: string, listener: () => void) => void listeners.set(name, listener),
      run() {
        importScripts(attributes.get('src') ?? '')
        listeners.get('load')?.()
      },
    }
  }
})()
