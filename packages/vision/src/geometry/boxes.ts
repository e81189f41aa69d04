import type { Rect } from './picture.ts'

/** A face found by the detector; `score` in [0, 1]. */
export type FaceBox = Rect & { score: number }

/** Intersection over union of two rectangles, in [0, 1]. */
export function overlap(a: Rect, b: Rect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  if (width <= 0 || height <= 0) return 0
  const shared = width * height
  return shared / (a.width * a.height + b.width * b.height - shared)
}

/** Non-maximum suppression: the best of each group of boxes that overlap by more than `limit`, best first. */
export function keepBest(boxes: readonly FaceBox[], limit: number): FaceBox[] {
  const kept: FaceBox[] = []
  for (const box of boxes.toSorted((a, b) => b.score - a.score))
    if (kept.every((other) => overlap(box, other) <= limit)) kept.push(box)
  return kept
}

/** The square of side `scale` × box height about the centre of the box. */
export function squareAround(box: Rect, scale: number): Rect {
  const side = box.height * scale
  return { x: box.x + (box.width - side) / 2, y: box.y + (box.height - side) / 2, width: side, height: side }
}

/** As `squareAround`, but the scale is capped and the window shifted so that it stays inside the picture. */
export function squareInside(box: Rect, scale: number, width: number, height: number): Rect {
  const capped = Math.min(scale, (height - 1) / box.height, (width - 1) / box.height)
  const square = squareAround(box, capped)
  return {
    ...square,
    x: Math.min(Math.max(square.x, 0), width - 1 - square.width),
    y: Math.min(Math.max(square.y, 0), height - 1 - square.height),
  }
}
