import { createRequire } from 'node:module'
import path from 'node:path'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Rect } from '../../packages/vision/src/geometry/picture.ts'
import { nearestTo } from '../face-of.ts'
import type { Contender, Description } from './contender.ts'
import { toTensor } from './tensorflow.ts'

type Net = { loadFromDisk(dir: string): Promise<void> }
type Detection = { box: Rect }
type PlacedLandmarks = { align(detection: null, options: { useDlibAlignment: boolean }): Rect }

/** What we use of the package; its own types are those of another TensorFlow.js. */
type FaceApi = {
  nets: {
    ssdMobilenetv1: Net & { locateFaces(picture: Tensor, options: object): Promise<Detection[]> }
    faceLandmark68Net: Net & { detectLandmarks(face: Tensor): Promise<unknown> }
    faceRecognitionNet: Net & { computeFaceDescriptor(face: Tensor): Promise<Float32Array> }
  }
  SsdMobilenetv1Options: new (options: { minConfidence: number; maxResults: number }) => object
  extractFaceTensors(picture: Tensor, rects: (Detection | Rect)[]): Promise<Tensor[]>
  extendWithFaceLandmarks(face: { detection: Detection }, landmarks: unknown): { landmarks: PlacedLandmarks }
  euclideanDistance(a: Description, b: Description): number
  version: string
}

/**
 * face-api with its best detector (SSD MobileNet), its 68 landmarks and the dlib ResNet; it has no anti-spoofing. The
 * steps are those of `detectAllFaces().withFaceLandmarks().withFaceDescriptors()` for one face: that chain never
 * settles when a step throws.
 */
export async function openFaceApi(): Promise<Contender> {
  const require = createRequire(import.meta.url)
  const faceApi = require('@vladmandic/face-api/dist/face-api.node-wasm.js') as FaceApi
  const models = path.join(path.dirname(require.resolve('@vladmandic/face-api/package.json')), 'model')
  const { ssdMobilenetv1, faceLandmark68Net, faceRecognitionNet } = faceApi.nets
  for (const net of [ssdMobilenetv1, faceLandmark68Net, faceRecognitionNet]) await net.loadFromDisk(models)
  // As its own WebAssembly demo sets it: more faces are found than with the default of 0.5.
  const options = new faceApi.SsdMobilenetv1Options({ minConfidence: 0.1, maxResults: 10 })
  return {
    name: '@vladmandic/face-api',
    version: faceApi.version,
    async describe(picture) {
      const tensor = toTensor(picture)
      try {
        const boxes = (await ssdMobilenetv1.locateFaces(tensor, options)).map((detection) => ({
          detection,
          ...rectOf(detection),
        }))
        const chosen = nearestTo(picture, boxes)
        return chosen && (await describeFace(tensor, chosen.detection))
      } finally {
        tensor.dispose()
      }
    },
    alike: (a, b) => -faceApi.euclideanDistance(a, b),
    spoofScores: null,
  }

  async function describeFace(picture: Tensor, detection: Detection): Promise<Float32Array> {
    const found = await withFace(picture, detection, (face) => faceLandmark68Net.detectLandmarks(face))
    const { landmarks } = faceApi.extendWithFaceLandmarks({ detection }, found)
    const aligned = landmarks.align(null, { useDlibAlignment: true })
    return withFace(picture, aligned, (face) => faceRecognitionNet.computeFaceDescriptor(face))
  }

  async function withFace<Result>(picture: Tensor, rect: Detection | Rect, use: (face: Tensor) => Promise<Result>) {
    const faces = await faceApi.extractFaceTensors(picture, [rect])
    try {
      return await use(faces[0] as Tensor)
    } finally {
      for (const face of faces) face.dispose()
    }
  }
}

function rectOf({ box: { x, y, width, height } }: Detection): Rect {
  return { x, y, width, height }
}
