import type { Grey, Point } from './picture.ts'

/** Luma step over two pixels that counts as an edge; JPEG at the upload's quality stays well below it on plain walls. */
const EDGE = 9

/** Share of a side that must be edge, all with the same sign: hair, fingers or a glint may cover the rest. */
const COVERED = 0.8

/** Landmarks' height, in picture heights, under which a coincidence of short edges would be enough. */
const MIN_TALL = 0.12

/** Slopes up to about 11°: a picture held by hand before a camera. */
const SLOPES = [-0.2, -0.16, -0.12, -0.08, -0.05, -0.025, 0, 0.025, 0.05, 0.08, 0.12, 0.16, 0.2]

/** x = at + slope · y for an upright line, y = at + slope · x for a level one. */
type Line = { at: number; slope: number; covered: number }

/** A box given by its sides. */
export type Sides = { left: number; right: number; top: number; bottom: number }

/** Edges along one axis: which pixels rise or fall, widened by one pixel to either side. */
type Edges = { marks: Uint8Array; along: number; step: number }

const RISES = 1
const FALLS = 2

/**
 * Whether four straight edges close around the face: left and right of it, above it, and *below* it, across where neck
 * and shoulders should be. Doors, windows and posters behind a person fail the last: the body covers their lower edge.
 * The rim of a sheet of paper or the bezel of a screen passes. `face` is the outline of the landmarks.
 */
export function isFramed(grey: Grey, face: Sides): boolean {
  const tall = face.bottom - face.top
  if (tall < MIN_TALL * grey.height) return false
  const level = edgesAlong(grey, grey.width, 1)
  const below: Range = [face.bottom + 0.05 * tall, grey.height - 3]
  // The rarest side first: without a level edge under the whole face there is nothing to look for.
  if (
    linesBetween(level, below, { from: Math.max(2, face.left), to: Math.min(grey.width - 3, face.right) }).length === 0
  )
    return false
  const upright = edgesAlong(grey, 1, grey.width)
  const rows = { from: Math.max(2, face.top - 0.2 * tall), to: Math.min(grey.height - 3, face.bottom) }
  const lefts = linesBetween(upright, [2, face.left - 0.04 * tall], rows)
  const rights = lefts.length > 0 ? linesBetween(upright, [face.right + 0.04 * tall, grey.width - 3], rows) : []
  return lefts.some((left) => rights.some((right) => closes(level, upright, face, below, left, right)))
}

function closes(level: Edges, upright: Edges, face: Sides, below: Range, left: Line, right: Line): boolean {
  const tall = face.bottom - face.top
  const middle = (face.top + face.bottom) / 2
  const columns = { from: left.at + left.slope * middle + 4, to: right.at + right.slope * middle - 4 }
  const [bottom] = linesBetween(level, below, columns)
  const [top] = bottom ? linesBetween(level, [2, face.top - 0.1 * tall], columns) : []
  if (!top || !bottom) return false
  // The uprights must run the whole way from the upper to the lower edge.
  return [left, right].every((side) => {
    const x = side.at + side.slope * middle
    const rows = { from: top.at + top.slope * x + 3, to: bottom.at + bottom.slope * x - 3 }
    return NEARBY.some((turn) => coverage(upright, pivot(side, turn, middle), rows) >= COVERED)
  })
}

/** Between two of `SLOPES`: over the whole height a coarse slope would leave the edge. */
const NEARBY = [0, -0.01, 0.01, -0.02, 0.02, -0.03, 0.03, -0.04, 0.04]

function pivot(line: Line, turn: number, middle: number): Line {
  return { ...line, slope: line.slope + turn, at: line.at - turn * middle }
}

type Range = readonly [number, number]

/** Central difference along `step`, averaged over three neighbours along `side` against noise, marked where it is an edge. */
function edgesAlong({ luma, width, height }: Grey, step: number, side: number): Edges {
  const marks = new Uint8Array(luma.length)
  const margin = 2 * (width + 1)
  for (let i = margin; i < width * height - margin; i++) {
    let sum = 0
    for (let k = -side; k <= side; k += side) sum += (luma[i + step + k] as number) - (luma[i - step + k] as number)
    const mark = sum >= 3 * EDGE ? RISES : sum <= -3 * EDGE ? FALLS : 0
    if (mark === 0) continue
    for (const at of [i - step, i, i + step]) marks[at] = (marks[at] as number) | mark
  }
  return { marks, along: side, step }
}

/** The best few lines whose position at the middle of the span lies in the range; strongest first, none overlapping. */
function linesBetween(edges: Edges, [from, to]: Range, span: { from: number; to: number }): Line[] {
  const found: Line[] = []
  const middle = (span.from + span.to) / 2
  if (span.to - span.from < 20) return found
  for (let at = Math.ceil(from); at <= to; at++) {
    let best: Line | null = null
    for (const slope of SLOPES) {
      const line = { at: at - slope * middle, slope, covered: 0 }
      line.covered = coverage(edges, line, span)
      if (line.covered >= COVERED && (!best || line.covered > best.covered)) best = line
    }
    if (best) found.push(best)
  }
  return thin(found, middle).slice(0, 4)
}

function thin(lines: readonly Line[], middle: number): Line[] {
  const kept: Line[] = []
  const place = (line: Line) => line.at + line.slope * middle
  for (const line of lines.toSorted((a, b) => b.covered - a.covered))
    if (kept.every((other) => Math.abs(place(other) - place(line)) > 3)) kept.push(line)
  return kept
}

/** Share of the line that is an edge of the commoner sign; 0 as soon as `COVERED` is out of reach. */
function coverage({ marks, along, step }: Edges, line: Line, span: { from: number; to: number }): number {
  const first = Math.max(0, Math.ceil(span.from))
  const total = Math.floor(span.to) - first + 1
  if (total <= 0) return 0
  const allowed = (1 - COVERED) * total
  let noRise = 0
  let noFall = 0
  for (let k = first; k <= span.to; k++) {
    const mark = marks[Math.round(line.at + line.slope * k) * step + k * along] ?? 0
    if ((mark & RISES) === 0) noRise++
    if ((mark & FALLS) === 0) noFall++
    if (noRise > allowed && noFall > allowed) return 0
  }
  return 1 - Math.min(noRise, noFall) / total
}

/** The sides of a set of points. */
export function sidesOf(points: readonly Point[]): Sides {
  const sides = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity }
  for (const { x, y } of points) {
    sides.left = Math.min(sides.left, x)
    sides.right = Math.max(sides.right, x)
    sides.top = Math.min(sides.top, y)
    sides.bottom = Math.max(sides.bottom, y)
  }
  return sides
}
