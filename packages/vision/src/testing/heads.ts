import type { Moment } from '../actions/moments.ts'
import { headShape } from '../geometry/head-shape.ts'
import type { Point } from '../geometry/picture.ts'

/** What a drawn head does at one moment. */
export type HeadState = {
  /** Degrees to the head's own left. */
  yaw?: number
  /** Degrees upwards. */
  pitch?: number
  /** 0 open, 1 shut. */
  shut?: number
  mouthGap?: number
  smile?: number
}

type Solid = { x: number; y: number; z: number }

/** A mean adult head: 68 points in eye distances, z towards the camera. Depths as in `parallaxYaw`. */
function meanHead({ shut = 0, mouthGap = 0, smile = 0 }: HeadState): Solid[] {
  const points: Solid[] = []
  for (let i = 0; i <= 16; i++) {
    const angle = (Math.PI * i) / 16
    points.push({ x: -1.25 * Math.cos(angle), y: 0.1 + 1.75 * Math.sin(angle), z: -0.9 + 0.6 * Math.sin(angle) })
  }
  for (const side of [-1, 1])
    for (let i = 0; i < 5; i++) points.push({ x: side < 0 ? -0.95 + 0.18 * i : 0.23 + 0.18 * i, y: -0.4, z: 0 })
  for (let i = 0; i < 4; i++) points.push({ x: 0, y: 0.05 + 0.15 * i, z: 0.2 + 0.14 * i })
  for (let i = -2; i <= 2; i++) points.push({ x: 0.1 * i, y: 0.65, z: 0.35 })
  const lid = 0.075 * (1 - shut)
  for (const middle of [-0.5, 0.5]) {
    const eye = [-0.25, -0.08, 0.08, 0.25, 0.08, -0.08]
    for (const [i, x] of eye.entries())
      points.push({ x: middle + x, y: i === 0 || i === 3 ? 0 : i < 3 ? -lid : lid, z: 0 })
  }
  const half = 0.4 + smile / 2
  for (let i = 0; i < 12; i++) {
    const angle = (2 * Math.PI * i) / 12
    const corner = i === 0 || i === 6
    const y = 1.05 - (0.12 + mouthGap / 2) * Math.sin(angle) - (corner ? smile / 2 : 0)
    points.push({ x: -half * Math.cos(angle), y, z: 0.25 })
  }
  for (let i = 0; i < 8; i++) {
    const angle = (2 * Math.PI * i) / 8
    points.push({ x: -0.8 * half * Math.cos(angle), y: 1.05 - (mouthGap / 2 + 0.005) * Math.sin(angle), z: 0.25 })
  }
  return points
}

/** Projects the head as a phone at arm's length would, 60 pixels between the eyes. */
function drawHead(state: HeadState): Point[] {
  const yaw = ((state.yaw ?? 0) * Math.PI) / 180
  const pitch = ((state.pitch ?? 0) * Math.PI) / 180
  return meanHead(state).map(({ x, y, z }) => {
    const across = x * Math.cos(yaw) + z * Math.sin(yaw)
    const towards = z * Math.cos(yaw) - x * Math.sin(yaw)
    const down = y * Math.cos(pitch) - towards * Math.sin(pitch)
    const depth = towards * Math.cos(pitch) + y * Math.sin(pitch)
    const scale = (60 * 8) / (8 - depth)
    return { x: 160 + across * scale, y: 110 + down * scale }
  })
}

/** A head at 15 frames a second through the states in turn, with a little landmark noise. */
export function drawCourse(states: readonly HeadState[], noise: (i: number) => number = () => 0): Moment[] {
  return states.map((state, frame) => {
    const points = drawHead(state).map(({ x, y }, i) => ({
      x: x + noise(frame * 137 + i),
      y: y + noise(frame * 91 + i),
    }))
    const shut = (state.shut ?? 0) > 0.6 ? 1 : 0
    const box = { x: 80, y: 20, width: 160, height: 216 }
    return { frame, atMs: frame * 66.7, box, points, shape: headShape(points), eyesClosed: { left: shut, right: shut } }
  })
}

/** `count` frames of one state. */
export function hold(state: HeadState, count: number): HeadState[] {
  return Array.from({ length: count }, () => state)
}

/** There and back again over `count` frames. */
export function swing(count: number, at: (share: number) => HeadState): HeadState[] {
  return Array.from({ length: count }, (_, i) => at(Math.sin((Math.PI * i) / (count - 1))))
}
