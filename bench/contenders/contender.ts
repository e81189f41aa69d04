import type { Picture } from '../../packages/vision/src/geometry/picture.ts'

/** A face description as its system gives it: of any length, compared only with others of the same system. */
export type Description = ArrayLike<number>

/** A system that does the same work as ours on the same decoded pictures, with its models loaded, on one thread. */
export type Contender = {
  name: string
  version: string
  /** Finds the face nearest to the middle of the picture and describes it; `null` when it finds none. */
  describe(picture: Picture): Promise<Description | null>
  /** How alike two descriptions are by the system's own measure; higher is more alike. */
  alike(a: Description, b: Description): number
  /** What each of its anti-spoof networks says of the largest face, higher for live; `null` when it has no such network. */
  spoofScores: ((picture: Picture) => Promise<Record<string, number> | null>) | null
}
