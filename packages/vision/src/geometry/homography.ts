import type { Point } from './picture.ts'
import { centroid } from './similarity.ts'

/** Row-major 3 × 3 with the last entry 1. */
export type Homography = readonly [number, number, number, number, number, number, number, number, number]

/** What takes the points to unit scale about the origin (Hartley 1997), for a well-conditioned fit. */
type Frame = { cx: number; cy: number; scale: number }

function frameOf(points: readonly Point[]): Frame {
  const { x: cx, y: cy } = centroid(points)
  const mean = points.reduce((sum, p) => sum + Math.hypot(p.x - cx, p.y - cy), 0) / points.length
  return { cx, cy, scale: mean > 0 ? Math.SQRT2 / mean : 1 }
}

function into(frame: Frame, p: Point): Point {
  return { x: (p.x - frame.cx) * frame.scale, y: (p.y - frame.cy) * frame.scale }
}

/**
 * Root mean square distance between `to` and the best plane-to-plane map of `from`, in the units of `to`; `null` when
 * the points are degenerate (fewer than five, or on one line). A rigid flat picture leaves only landmark noise.
 */
export function homographyResidual(from: readonly Point[], to: readonly Point[]): number | null {
  if (from.length < 5 || from.length !== to.length) return null
  const source = frameOf(from)
  const target = frameOf(to)
  const p = from.map((each) => into(source, each))
  const q = to.map((each) => into(target, each))
  const h = fitHomography(p, q)
  if (!h) return null
  let sum = 0
  for (const [i, each] of p.entries()) {
    const mapped = applyHomography(h, each)
    const wanted = q[i] as Point
    sum += (mapped.x - wanted.x) ** 2 + (mapped.y - wanted.y) ** 2
  }
  return Math.sqrt(sum / p.length) / target.scale
}

/** The image of one point. */
export function applyHomography(h: Homography, p: Point): Point {
  const w = h[6] * p.x + h[7] * p.y + h[8]
  return { x: (h[0] * p.x + h[1] * p.y + h[2]) / w, y: (h[3] * p.x + h[4] * p.y + h[5]) / w }
}

/** Direct linear transform with the last entry fixed to 1, least squares over all pairs; `null` when degenerate. */
export function fitHomography(from: readonly Point[], to: readonly Point[]): Homography | null {
  const normal = Array.from({ length: 8 }, () => new Float64Array(9))
  for (const [i, { x, y }] of from.entries()) {
    const { x: u, y: v } = to[i] as Point
    addEquation(normal, [x, y, 1, 0, 0, 0, -u * x, -u * y, u])
    addEquation(normal, [0, 0, 0, x, y, 1, -v * x, -v * y, v])
  }
  const h = solve(normal)
  return h ? ([h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], 1] as unknown as Homography) : null
}

function addEquation(normal: Float64Array[], row: readonly number[]): void {
  for (let i = 0; i < 8; i++) {
    const target = normal[i] as Float64Array
    for (let j = 0; j < 9; j++) target[j] = (target[j] as number) + (row[i] as number) * (row[j] as number)
  }
}

/** Gauss elimination with partial pivoting of an n × (n+1) system; `null` when singular. */
function solve(rows: Float64Array[]): Float64Array | null {
  const n = rows.length
  for (let column = 0; column < n; column++) {
    let pivot = column
    for (let r = column + 1; r < n; r++) if (Math.abs(at(r, column)) > Math.abs(at(pivot, column))) pivot = r
    if (Math.abs(at(pivot, column)) < 1e-10) return null
    const best = rows[pivot] as Float64Array
    rows[pivot] = rows[column] as Float64Array
    rows[column] = best
    for (let r = 0; r < n; r++) {
      if (r === column) continue
      const factor = at(r, column) / at(column, column)
      const row = rows[r] as Float64Array
      for (let c = column; c <= n; c++) row[c] = (row[c] as number) - factor * (best[c] as number)
    }
  }
  return Float64Array.from(rows, (row, i) => (row[n] as number) / (row[i] as number))

  function at(r: number, c: number): number {
    return (rows[r] as Float64Array)[c] as number
  }
}
