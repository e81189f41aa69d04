import type { FaceReading, FaceShape } from './face-reading.ts'

/** Landmarks of one face as x, y, z in turn, in parts of the picture's width (z, too) and height. */
export type Landmarks = Float32Array

/**
 * Point numbers of MediaPipe's face mesh (canonical_face_model.obj); right and left are the person's own.
 * The lids are read at two heights each, as in the eye aspect ratio of Soukupová and Čech, 2016.
 */
const POINT = {
  forehead: 10,
  chin: 152,
  rightCheek: 234,
  leftCheek: 454,
  rightEyeOuter: 33,
  rightEyeInner: 133,
  leftEyeInner: 362,
  leftEyeOuter: 263,
  upperLip: 13,
  lowerLip: 14,
  rightMouthCorner: 61,
  leftMouthCorner: 291,
} as const

const RIGHT_LIDS = [
  [160, 144],
  [158, 153],
] as const
const LEFT_LIDS = [
  [385, 380],
  [387, 373],
] as const

type Point = { x: number; y: number; z: number }

/** @param aspect width over height of the picture, so that angles come out true */
export function readFaces(faces: readonly Landmarks[], aspect: number): FaceReading {
  const shapes = faces.map((landmarks) => shapeOf(landmarks, aspect))
  const main = shapes.reduce<FaceShape | null>(
    (largest, shape) => (largest === null || shape.box.height > largest.box.height ? shape : largest),
    null,
  )
  return { faces: shapes.length, main }
}

/** @throws RangeError when the list is shorter than a face mesh */
export function shapeOf(landmarks: Landmarks, aspect: number): FaceShape {
  const at = (index: number): Point => pointAt(landmarks, index, aspect)
  const across = between(at(POINT.rightCheek), at(POINT.leftCheek))
  const down = between(at(POINT.forehead), at(POINT.chin))
  const rightEye = middle(at(POINT.rightEyeOuter), at(POINT.rightEyeInner))
  const leftEye = middle(at(POINT.leftEyeInner), at(POINT.leftEyeOuter))
  const eyeDistance = Math.max(length(between(rightEye, leftEye)), Number.EPSILON)
  const rightWidth = length(between(at(POINT.rightEyeOuter), at(POINT.rightEyeInner)))
  const leftWidth = length(between(at(POINT.leftEyeInner), at(POINT.leftEyeOuter)))
  const lids = (pairs: typeof RIGHT_LIDS | typeof LEFT_LIDS) =>
    pairs.reduce((sum, [upper, lower]) => sum + length(between(at(upper), at(lower))), 0) / pairs.length
  return {
    box: boxOf(landmarks),
    yawDegrees: degrees(Math.atan2(across.z, across.x)),
    pitchDegrees: degrees(Math.atan2(-down.z, down.y)),
    eyeOpenness: (lids(RIGHT_LIDS) + lids(LEFT_LIDS)) / Math.max(rightWidth + leftWidth, Number.EPSILON),
    mouthOpenness: length(between(at(POINT.upperLip), at(POINT.lowerLip))) / eyeDistance,
    mouthWidth: length(between(at(POINT.rightMouthCorner), at(POINT.leftMouthCorner))) / eyeDistance,
  }
}

function boxOf(landmarks: Landmarks): FaceShape['box'] {
  let left = Number.POSITIVE_INFINITY
  let top = Number.POSITIVE_INFINITY
  let right = Number.NEGATIVE_INFINITY
  let bottom = Number.NEGATIVE_INFINITY
  for (let i = 0; i + 2 < landmarks.length; i += 3) {
    const x = landmarks[i] ?? 0
    const y = landmarks[i + 1] ?? 0
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return { left, top, width: right - left, height: bottom - top }
}

function pointAt(landmarks: Landmarks, index: number, aspect: number): Point {
  const x = landmarks[3 * index]
  const y = landmarks[3 * index + 1]
  const z = landmarks[3 * index + 2]
  if (x === undefined || y === undefined || z === undefined) throw new RangeError(`no landmark ${index}`)
  return { x: x * aspect, y, z: z * aspect }
}

const between = (from: Point, to: Point): Point => ({ x: to.x - from.x, y: to.y - from.y, z: to.z - from.z })
const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, z: (a.z + b.z) / 2 })
const length = (v: Point) => Math.hypot(v.x, v.y, v.z)
const degrees = (radians: number) => (radians * 180) / Math.PI
