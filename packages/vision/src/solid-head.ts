import { type Moment, median } from './actions/moments.ts'
import type { SolidHead } from './evidence.ts'
import { inEyeFrame, parallaxYaw } from './geometry/head-shape.ts'
import { homographyResidual } from './geometry/homography.ts'
import type { Point } from './geometry/picture.ts'

/**
 * Points that keep their place on the skull: outline of the face, brows, nose, corners of the eyes. Lids and mouth
 * move by themselves and would make a bent smile look solid. 24 of the 68, as the figures in docs/benchmarks.md.
 */
const RIGID = [0, 1, 2, 3, 13, 14, 15, 16, 17, 19, 21, 22, 24, 26, 27, 28, 29, 30, 31, 35, 36, 39, 42, 45]

/** Frames on each side whose points are averaged against landmark noise. */
const GROUP = 3

/** Below this span the residual is landmark noise and says nothing. */
const MIN_SPAN_DEGREES = 12

/**
 * Parallax of the turning head: RMS distance, in eye distances, between the points at one extreme of yaw and the best
 * plane-to-plane map (homography) of the points at the other. All views of one plane are related by a homography
 * (Hartley and Zisserman, Multiple View Geometry, 2nd ed., §13.1), so a print leaves landmark noise only, while a nose
 * stands out of the plane of the eyes. A replay of a real turn, and a photo warped by a head model, are solid here.
 */
export function readSolidHead(moments: readonly Moment[]): SolidHead {
  const byYaw = moments.toSorted((a, b) => parallaxYaw(a.shape) - parallaxYaw(b.shape))
  if (byYaw.length < 2 * GROUP) return { kind: 'not-measured' }
  const right = byYaw.slice(0, GROUP)
  const left = byYaw.slice(-GROUP)
  const yawOf = (group: readonly Moment[]) => median(group.map((m) => parallaxYaw(m.shape)))
  const yawSpanDegrees = yawOf(left) - yawOf(right)
  if (yawSpanDegrees < MIN_SPAN_DEGREES) return { kind: 'not-measured' }
  const residual = homographyResidual(meanShape(right), meanShape(left))
  return residual === null ? { kind: 'not-measured' } : { kind: 'measured', residual, yawSpanDegrees }
}

function meanShape(group: readonly Moment[]): Point[] {
  const shapes = group.map((m) => inEyeFrame(m.points))
  return RIGID.map((i) => {
    const all = shapes.map((shape) => shape[i] as Point)
    return { x: median(all.map((p) => p.x)), y: median(all.map((p) => p.y)) }
  })
}
