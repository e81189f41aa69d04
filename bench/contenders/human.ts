import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Picture } from '../../packages/vision/src/geometry/picture.ts'
import { nearestTo } from '../face-of.ts'
import type { Contender, Description } from './contender.ts'
import { toTensor, wasmFolder } from './tensorflow.ts'

type HumanFace = {
  box: [x: number, y: number, width: number, height: number]
  score: number
  embedding?: number[]
  real?: number
  live?: number
}

/** What we use of the package; its own types are those of another TensorFlow.js. */
type Human = {
  load(): Promise<void>
  detect(picture: Tensor): Promise<{ face: HumanFace[]; error: string | null }>
  match: { distance(a: Description, b: Description): number }
  version: string
}

type Heads = { description: boolean; spoof: boolean }

/** Human with faces turned upright by its mesh, and nothing kept from the picture before. */
export async function openHuman(): Promise<Contender> {
  const describing = await open({ description: true, spoof: false })
  const judging = await open({ description: false, spoof: true })
  return {
    name: '@vladmandic/human',
    version: describing.version,
    async describe(picture) {
      const faces = await facesOf(describing, picture)
      return nearestTo(picture, faces)?.embedding ?? null
    },
    alike: (a, b) => -describing.match.distance(a, b),
    async spoofScores(picture) {
      const [largest] = (await facesOf(judging, picture)).toSorted((a, b) => b.height - a.height)
      if (largest?.real === undefined || largest.live === undefined) return null
      return { antispoof: largest.real, liveness: largest.live }
    },
  }
}

async function open({ description, spoof }: Heads): Promise<Human> {
  const require = createRequire(import.meta.url)
  // The package's `exports` name no file that runs without TensorFlow's native build, so the file is opened by its path.
  const home = path.resolve(path.dirname(require.resolve('@vladmandic/face-api/package.json')), '..', 'human')
  const { Human } = require(path.join(home, 'dist', 'human.node-wasm.js')) as { Human: new (config: object) => Human }
  const off = { enabled: false }
  const always = { skipFrames: 0, skipTime: 0 }
  const human = new Human({
    backend: 'wasm',
    wasmPath: wasmFolder(),
    modelBasePath: pathToFileURL(`${path.join(home, 'models')}/`).href,
    cacheModels: false,
    cacheSensitivity: 0,
    async: false,
    warmup: 'none',
    filter: off,
    gesture: off,
    body: off,
    hand: off,
    object: off,
    segmentation: off,
    face: {
      enabled: true,
      detector: { ...always, rotation: true, maxDetected: 10 },
      mesh: { enabled: true },
      iris: off,
      emotion: off,
      description: { ...always, enabled: description },
      antispoof: { ...always, enabled: spoof },
      liveness: { ...always, enabled: spoof },
    },
  })
  await human.load()
  return human
}

async function facesOf(human: Human, picture: Picture) {
  const tensor = toTensor(picture)
  try {
    const { face, error } = await human.detect(tensor)
    if (error) throw new Error(error)
    return face.map(({ box: [x, y, width, height], ...rest }) => ({ x, y, width, height, ...rest }))
  } finally {
    tensor.dispose()
  }
}
