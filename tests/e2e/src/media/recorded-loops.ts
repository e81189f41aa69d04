import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { CLIP_FPS, splitMjpeg } from './mjpeg.ts'

type Span = readonly [fromSeconds: number, toSeconds: number]

/** The marks of a recorded clip, by their letter: where its actions and its rests lie. */
async function readMarks(file: string): Promise<Map<string, Span[]>> {
  const described: unknown = JSON.parse(await readFile(`${file}.json`, 'utf8'))
  const marks = new Map<string, Span[]>()
  if (typeof described !== 'object' || described === null || !('marks' in described)) return marks
  for (const [name, from, to] of described.marks as [string, number, number][]) {
    const letter = name.slice(0, 1)
    marks.set(letter, [...(marks.get(letter) ?? []), [from, to]])
  }
  return marks
}

/** How much rest stands between two actions: enough for a head to be seen at rest, short enough to come round soon. */
const REST_SECONDS = 0.33

/**
 * Cuts a loop out of a recorded clip in which each of `actions` (B, L, R) stands between two rests, in this order.
 * Whatever moment a challenge begins at, every action comes round whole within two turns of the loop.
 */
export async function cutLoop(file: string, actions: readonly ('B' | 'L' | 'R')[]): Promise<Buffer[]> {
  const frames = splitMjpeg(await readFile(file))
  const marks = await readMarks(file)
  const cut = ([from, to]: Span) => frames.slice(Math.round(from * CLIP_FPS), Math.round(to * CLIP_FPS))
  const rest = marks.get('N')?.[0] ?? [0, 1]
  const loop = cut([rest[0], Math.min(rest[1], rest[0] + 1.5 * REST_SECONDS)])
  for (const action of actions) {
    const [span] = marks.get(action) ?? []
    if (!span) throw new Error(`${path.basename(file)} has no mark ${action}`)
    loop.push(...cut(span), ...cut([rest[0], Math.min(rest[1], rest[0] + REST_SECONDS)]))
  }
  return loop
}
