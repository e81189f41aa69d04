import type { Picture, Point } from './picture.ts'

/** A similarity of the plane: x' = a·x − b·y + tx, y' = b·x + a·y + ty. */
export type Similarity = { a: number; b: number; tx: number; ty: number }

/** Least-squares similarity (rotation, uniform scale, shift: 4 degrees of freedom, no mirror) taking `from` to `to`. */
export function fitSimilarity(from: readonly Point[], to: readonly Point[]): Similarity {
  const p = centroid(from)
  const q = centroid(to)
  let dot = 0
  let cross = 0
  let spread = 0
  for (const [i, each] of from.entries()) {
    const target = to[i]
    if (!target) throw new RangeError('both sides need the same number of points')
    const x = each.x - p.x
    const y = each.y - p.y
    dot += x * (target.x - q.x) + y * (target.y - q.y)
    cross += x * (target.y - q.y) - y * (target.x - q.x)
    spread += x * x + y * y
  }
  const a = spread > 0 ? dot / spread : 1
  const b = spread > 0 ? cross / spread : 0
  return { a, b, tx: q.x - (a * p.x - b * p.y), ty: q.y - (b * p.x + a * p.y) }
}

/** The image of one point. */
export function applySimilarity(s: Similarity, p: Point): Point {
  return { x: s.a * p.x - s.b * p.y + s.tx, y: s.b * p.x + s.a * p.y + s.ty }
}

/** Mean of the points; at least one is needed. */
export function centroid(points: readonly Point[]): Point {
  let x = 0
  let y = 0
  for (const point of points) {
    x += point.x
    y += point.y
  }
  return { x: x / points.length, y: y / points.length }
}

/** Warps the picture by `s` onto a `size` × `size` square: bilinear, zero outside. Interleaved R, G, B in 0..255. */
export function warpSquare(picture: Picture, s: Similarity, size: number): Float32Array {
  const { rgb, width, height } = picture
  const norm = s.a * s.a + s.b * s.b
  const out = new Float32Array(size * size * 3)
  for (let v = 0; v < size; v++) {
    for (let u = 0; u < size; u++) {
      const x = (s.a * (u - s.tx) + s.b * (v - s.ty)) / norm
      const y = (-s.b * (u - s.tx) + s.a * (v - s.ty)) / norm
      const left = Math.floor(x)
      const top = Math.floor(y)
      if (left < -1 || top < -1 || left >= width || top >= height) continue
      blend(out, (v * size + u) * 3, left, top, x - left, y - top)
    }
  }
  return out

  function blend(target: Float32Array, at: number, left: number, top: number, fx: number, fy: number): void {
    for (let corner = 0; corner < 4; corner++) {
      const cx = left + (corner & 1)
      const cy = top + (corner >> 1)
      if (cx < 0 || cy < 0 || cx >= width || cy >= height) continue
      const weight = (corner & 1 ? fx : 1 - fx) * (corner >> 1 ? fy : 1 - fy)
      const from = (cy * width + cx) * 3
      for (let c = 0; c < 3; c++) target[at + c] = (target[at + c] as number) + weight * (rgb[from + c] as number)
    }
  }
}
