/** What a model is for; the pipeline needs exactly one of each. */
export const MODEL_ROLES = ['detector', 'landmarks', 'embedder', 'antispoof', 'pose', 'eyes'] as const

/** One of the six. */
export type ModelRole = (typeof MODEL_ROLES)[number]

/** One output tensor of a model: its name, and how many float32 it holds for one picture. */
export type ModelOutput = { name: string; length: number }

type FileOf<Role extends ModelRole, Output extends string> = {
  role: Role
  /** Name and version. Stored with templates: only embeddings of the same name can be compared. */
  name: string
  /** Absolute, or relative to the folder of the shipped models. */
  file: string
  /** Of the whole file, lower-case hex; checked before every load. */
  sha256: string
  /** Batch, channels, height, width; in the order of `layout` where the tensor is made. */
  input: readonly [number, number, number, number]
  layout: 'nchw' | 'nhwc'
  colour: 'rgb' | 'bgr' | 'grey'
  /** Per channel, in the model's own order: (byte − mean) / scale. */
  mean: readonly number[]
  scale: readonly number[]
  licence: string
  /** What the role's stage reads, by the stage's own word for it. */
  outputs: Readonly<Record<Output, ModelOutput>>
}

/** Similarity from which two pictures of different people are taken for one at that false match rate. */
export type OperatingPoints = Readonly<Record<'1e-3' | '1e-4' | '1e-5', number>>

/** Scores of background and face, and corners as shares of the input, for every candidate box. */
export type DetectorFile = FileOf<'detector', 'scores' | 'boxes'> & {
  /** Score from which a candidate is a face: the detector's own operating point. */
  minScore: number
}

/** 68 points in the iBUG order, as shares of the input's sides. */
export type LandmarksFile = FileOf<'landmarks', 'points'>

/** A vector whose direction tells people apart. */
export type EmbedderFile = FileOf<'embedder', 'vector'> & {
  /** Where eyes, nose and mouth corners go, in pixels of the input, the picture's left one first. */
  alignTo: readonly (readonly [number, number])[]
  operatingPoints: OperatingPoints
  /** Similarity of a face with itself without its mouth from which the mouth is covered; `null` where nobody measured it. */
  coveredFrom: number | null
}

/** A score for each of some classes, one of them bona fide. */
export type AntispoofFile = FileOf<'antispoof', 'classes'> & {
  scores: 'logits' | 'probabilities'
  /** Index of the bona fide class. */
  live: number
  /** Sides of the square crops it is shown, in heights of the face box; its answer is the mean over them. */
  crops: readonly number[]
  /** Probability at which it says bona fide and attack with even odds. */
  evenOdds: number
}

/** HopeNet's 66 bins for each angle. */
export type PoseFile = FileOf<'pose', 'yaw' | 'pitch' | 'roll'>

/** Logits of closed and open. */
export type EyesFile = FileOf<'eyes', 'states'>

/** One ONNX file: where it comes from, how it is checked, what it takes and gives. */
export type ModelFile = DetectorFile | LandmarksFile | EmbedderFile | AntispoofFile | PoseFile | EyesFile

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
    layout: 'nchw',
    colour: 'rgb',
    mean: [127, 127, 127],
    scale: [128, 128, 128],
    licence: 'MIT',
    outputs: { scores: { name: 'scores', length: 4420 * 2 }, boxes: { name: 'boxes', length: 4420 * 4 } },
    // Ultra-Light's own operating point: LFW 13,232 of 13,233 faces.
    minScore: 0.6,
  },
  {
    role: 'landmarks',
    name: 'fr-landmark-68',
    file: 'fr_landmark.onnx',
    sha256: 'f10b0ba1d2a8a099adefede1ebf3733e44fe370715e7303dbeb7f59c02142258',
    input: [1, 1, 64, 64],
    layout: 'nchw',
    colour: 'grey',
    mean: [0],
    scale: [256],
    licence: 'MIT',
    outputs: { points: { name: 'output', length: 136 } },
  },
  {
    role: 'embedder',
    name: 'fr-feature@0.0.1/bgr',
    file: 'fr_feature.onnx',
    sha256: '87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581',
    input: [1, 3, 112, 112],
    layout: 'nchw',
    colour: 'bgr',
    mean: [127, 127, 127],
    scale: [128, 128, 128],
    licence: 'MIT',
    outputs: { vector: { name: 'output', length: 512 } },
    alignTo: ARCFACE_POINTS,
    // Measured as packages/domain/src/thresholds.ts says, which holds the same numbers; a test of the server compares them.
    operatingPoints: { '1e-3': 0.351, '1e-4': 0.428, '1e-5': 0.477 },
    // 314 uncovered faces reach 0.826 at most, one bent far down 0.882, masks 0.95 in the middle (docs/benchmarks.md).
    coveredFrom: 0.92,
  },
  {
    role: 'antispoof',
    name: 'fr-liveness',
    file: 'fr_liveness.onnx',
    sha256: 'afa783b7e902fdfcf323a7240cac2a1c580c25314ea4161129dc1b0d100dc32d',
    input: [1, 3, 128, 128],
    layout: 'nchw',
    colour: 'bgr',
    mean: [0, 0, 0],
    scale: [1, 1, 1],
    licence: 'MIT',
    outputs: { classes: { name: 'output', length: 3 } },
    scores: 'logits',
    live: 0,
    // Two contexts: the wide crop sees paper edges and bezels, the narrow one skin (measured in docs/benchmarks.md).
    crops: [1.5, 2.7],
    evenOdds: 0.5,
  },
  {
    role: 'pose',
    name: 'fr-pose',
    file: 'fr_pose.onnx',
    sha256: '72d032ec941b7153bf8d3f2c03a4c165453cc7e63d479041ec7c6ef087e5839d',
    input: [1, 3, 224, 224],
    layout: 'nchw',
    colour: 'rgb',
    mean: [123.675, 116.28, 103.53],
    scale: [58.395, 57.12, 57.375],
    licence: 'MIT',
    outputs: {
      yaw: { name: 'output', length: 66 },
      pitch: { name: '617', length: 66 },
      roll: { name: '618', length: 66 },
    },
  },
  {
    role: 'eyes',
    name: 'fr-eye',
    file: 'fr_eye.onnx',
    sha256: '1afcea006abc1ccac3c517022abde0aa092bed74ff3c9fe6878483ef9e6e38de',
    input: [1, 1, 24, 24],
    layout: 'nchw',
    colour: 'grey',
    mean: [0],
    scale: [255],
    licence: 'MIT',
    outputs: { states: { name: 'output', length: 2 } },
  },
]
