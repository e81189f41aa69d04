/** What a model is for; the pipeline needs exactly one of each. */
export const MODEL_ROLES = ['detector', 'landmarks', 'embedder', 'antispoof', 'pose', 'eyes'] as const

/** One of the six. */
export type ModelRole = (typeof MODEL_ROLES)[number]

/** One ONNX file: where it comes from, how it is checked, what it takes. */
export type ModelFile = {
  role: ModelRole
  /** Stored with templates; only embeddings of the same name and version can be compared. */
  name: string
  file: string
  /** Of the whole file, lower-case hex; checked before every load. */
  sha256: string
  /** Batch, channels, height, width. */
  input: readonly [number, number, number, number]
  colour: 'rgb' | 'bgr' | 'grey'
  /** Per channel, in the model's own order: (byte − mean) / scale. */
  mean: readonly number[]
  scale: readonly number[]
  licence: string
  /** Names of the outputs, in the order that the role's stage reads them. */
  outputs: readonly string[]
  /** Where the embedder wants eyes, nose and mouth corners, in pixels of its input; empty for every other role. */
  alignTo: readonly (readonly [number, number])[]
}

/** The registry package the default models are taken from. Only its `model/*.onnx`; its JavaScript is never run. */
export const MODEL_PACKAGE = { name: 'faceplugin-face-recognition-js', version: '0.0.1', licence: 'MIT' } as const

/** Where ArcFace puts eyes, nose and mouth corners in 112 × 112 (insightface, `arcface_dst`). */
const ARCFACE_POINTS = [
  [38.2946, 51.6963],
  [73.5318, 51.5014],
  [56.0252, 71.7366],
  [41.5493, 92.3655],
  [70.7299, 92.2041],
] as const

/** The default model set. Input conventions are those that reach the figures in docs/benchmarks.md. */
export const DEFAULT_MODELS: readonly ModelFile[] = [
  {
    role: 'detector',
    name: 'ultra-light-rfb-320',
    file: 'fr_detect.onnx',
    sha256: '6c0256ccd3164f844736a401faf936ec2930764a87ae39442180887d0c5c8854',
    input: [1, 3, 240, 320],
    colour: 'rgb',
    mean: [127, 127, 127],
    scale: [128, 128, 128],
    licence: 'MIT',
    outputs: ['scores', 'boxes'],
    alignTo: [],
  },
  {
    role: 'landmarks',
    name: 'fr-landmark-68',
    file: 'fr_landmark.onnx',
    sha256: 'f10b0ba1d2a8a099adefede1ebf3733e44fe370715e7303dbeb7f59c02142258',
    input: [1, 1, 64, 64],
    colour: 'grey',
    mean: [0],
    scale: [256],
    licence: 'MIT',
    outputs: ['output'],
    alignTo: [],
  },
  {
    role: 'embedder',
    name: 'fr-feature@0.0.1/bgr',
    file: 'fr_feature.onnx',
    sha256: '87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581',
    input: [1, 3, 112, 112],
    colour: 'bgr',
    mean: [127, 127, 127],
    scale: [128, 128, 128],
    licence: 'MIT',
    outputs: ['output'],
    alignTo: ARCFACE_POINTS,
  },
  {
    role: 'antispoof',
    name: 'fr-liveness',
    file: 'fr_liveness.onnx',
    sha256: 'afa783b7e902fdfcf323a7240cac2a1c580c25314ea4161129dc1b0d100dc32d',
    input: [1, 3, 128, 128],
    colour: 'bgr',
    mean: [0, 0, 0],
    scale: [1, 1, 1],
    licence: 'MIT',
    outputs: ['output'],
    alignTo: [],
  },
  {
    role: 'pose',
    name: 'fr-pose',
    file: 'fr_pose.onnx',
    sha256: '72d032ec941b7153bf8d3f2c03a4c165453cc7e63d479041ec7c6ef087e5839d',
    input: [1, 3, 224, 224],
    colour: 'rgb',
    mean: [123.675, 116.28, 103.53],
    scale: [58.395, 57.12, 57.375],
    licence: 'MIT',
    outputs: ['output', '617', '618'],
    alignTo: [],
  },
  {
    role: 'eyes',
    name: 'fr-eye',
    file: 'fr_eye.onnx',
    sha256: '1afcea006abc1ccac3c517022abde0aa092bed74ff3c9fe6878483ef9e6e38de',
    input: [1, 1, 24, 24],
    colour: 'grey',
    mean: [0],
    scale: [255],
    licence: 'MIT',
    outputs: ['output'],
    alignTo: [],
  },
]
