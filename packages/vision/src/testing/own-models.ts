/** The shipped embedder as a school would name it in its own `models.json`. */
export const ownEmbedder = {
  role: 'embedder',
  name: 'arcface-ours',
  version: '2.1',
  licence: 'ours alone',
  file: 'ours.onnx',
  sha256: '87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581',
  input: { width: 112, height: 112, layout: 'nchw' },
  colour: 'bgr',
  normalisation: { subtract: [127, 127, 127], divide: [128, 128, 128] },
  points: [
    [38.2946, 51.6963],
    [73.5318, 51.5014],
    [56.0252, 71.7366],
    [41.5493, 92.3655],
    [70.7299, 92.2041],
  ],
  output: { name: 'output', length: 512 },
  operatingPoints: { '1e-3': 0.34, '1e-4': 0.41, '1e-5': 0.48 },
}

/** The same of the shipped detector. */
export const ownDetector = {
  role: 'detector',
  name: 'rfb',
  version: '1',
  licence: 'MIT',
  file: 'faces.onnx',
  sha256: '6c0256ccd3164f844736a401faf936ec2930764a87ae39442180887d0c5c8854',
  input: { width: 320, height: 240, layout: 'nchw' },
  colour: 'rgb',
  normalisation: { subtract: [127, 127, 127], divide: [128, 128, 128] },
  output: { scores: 'scores', boxes: 'boxes', candidates: 4420 },
  minScore: 0.7,
}

/** The same of the shipped landmark model. */
export const ownLandmarks = {
  role: 'landmarks',
  name: 'points',
  version: '1',
  licence: 'MIT',
  file: 'points.onnx',
  sha256: 'f10b0ba1d2a8a099adefede1ebf3733e44fe370715e7303dbeb7f59c02142258',
  input: { width: 64, height: 64, layout: 'nchw' },
  colour: 'grey',
  normalisation: { subtract: [0], divide: [256] },
  output: { name: 'output' },
}

/** The same of the shipped anti-spoof model. */
export const ownAntispoof = {
  role: 'antispoof',
  name: 'liveness',
  version: '1',
  licence: 'MIT',
  file: 'liveness.onnx',
  sha256: 'afa783b7e902fdfcf323a7240cac2a1c580c25314ea4161129dc1b0d100dc32d',
  input: { width: 128, height: 128, layout: 'nchw' },
  colour: 'bgr',
  normalisation: { subtract: [0, 0, 0], divide: [1, 1, 1] },
  output: { name: 'output', classes: 3, live: 0, scores: 'logits' },
  crops: [1.5, 2.7],
  evenOdds: 0.5,
}
