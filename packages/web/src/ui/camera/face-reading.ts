import type { Picture } from './camera-frames.ts'

/** Where the face is in the picture, as parts of its width and height, not mirrored. */
export type FaceBox = { left: number; top: number; width: number; height: number }

/** What the guide tells of one face. Angles are the student's own: left and up are positive. */
export type FaceShape = {
  box: FaceBox
  yawDegrees: number
  pitchDegrees: number
  /** Height of the open eye over its width, mean of both. */
  eyeOpenness: number
  /** Gap between the lips over the distance between the eyes. */
  mouthOpenness: number
  /** Width of the mouth over the distance between the eyes. */
  mouthWidth: number
}

/** What the guide tells of one picture. `main` is the largest face. */
export type FaceReading = { faces: number; main: FaceShape | null }

/** Reads faces at whatever rate the phone manages; help for the student, never evidence. */
export type FaceGuide = {
  /** True while a picture is being read: the next one is offered when this is false. */
  isBusy: () => boolean
  /** Takes the picture and closes it. Rejects once the guide has broken down. */
  read: (picture: Picture) => Promise<FaceReading>
  close: () => void
}
