import type { getBoard, LiveEvent, ResultOf, Tile } from '@app/contract'

export type Board = ResultOf<typeof getBoard>

type Session = Board['session']

/** Somebody started it and it has not ended: it may be paused. */
export const isRunning = ({ state }: Session): boolean => state === 'open' || state === 'paused'

/** By a teacher's hand, also once it has ended; not before it was started, nor when it is cancelled. */
export const takesMarks = (session: Session): boolean => isRunning(session) || session.state === 'ended'

/** What an event makes of a board. `stale`: events were missed or too much changed, so it has to be read anew. */
export function applyEvent(board: Board, event: LiveEvent): Board | 'stale' {
  if (event.seq <= board.seq) return board
  if (event.seq > board.seq + 1 || event.kind === 'reload') return 'stale'
  if (event.kind === 'session') return { ...board, seq: event.seq, session: event.session }
  const isKnown = board.tiles.some(({ studentId }) => studentId === event.tile.studentId)
  if (!isKnown) return 'stale'
  const tiles = board.tiles.map((tile) => (tile.studentId === event.tile.studentId ? event.tile : tile))
  return { ...board, seq: event.seq, tiles }
}

export type Counts = { present: number; late: number; excused: number; absent: number; missing: number; total: number }

/** Counts that add up: every tile is in exactly one of them. */
export function countTiles(tiles: readonly Tile[]): Counts {
  const counts = { present: 0, late: 0, excused: 0, absent: 0, missing: 0, total: tiles.length }
  for (const { status } of tiles) counts[status ?? 'missing'] += 1
  return counts
}

export type Show = 'all' | 'missing' | 'marked' | 'late'
export type Order = 'rollNo' | 'name' | 'time' | 'state'

/** Tiles keep their place unless the teacher asks for another order. */
export function chooseTiles(tiles: readonly Tile[], show: Show, order: Order, search: string): readonly Tile[] {
  const wanted = search.trim().toLowerCase()
  const chosen = tiles.filter(
    ({ status, fullName, rollNo }) =>
      isShown(status, show) && (fullName.toLowerCase().includes(wanted) || rollNo.toLowerCase().includes(wanted)),
  )
  if (order === 'name') return chosen.toSorted((a, b) => a.fullName.localeCompare(b.fullName))
  if (order === 'time') return chosen.toSorted((a, b) => (b.markedAt ?? '').localeCompare(a.markedAt ?? ''))
  if (order === 'state') return chosen.toSorted((a, b) => STATE_ORDER.indexOf(a.status) - STATE_ORDER.indexOf(b.status))
  return chosen
}

/** What needs the teacher stands first. */
const STATE_ORDER: readonly Tile['status'][] = [null, 'absent', 'late', 'excused', 'present']

function isShown(status: Tile['status'], show: Show): boolean {
  if (show === 'all') return true
  if (show === 'late') return status === 'late'
  return (show === 'missing') === (status === null || status === 'absent')
}

const PACE_MS = 60_000

/** How many marked themselves in the minute before `now`. */
export function paceOf(tiles: readonly Tile[], now: Date): number {
  return tiles.filter(
    ({ method, markedAt }) =>
      (method === 'face' || method === 'code') && markedAt !== null && now.getTime() - Date.parse(markedAt) < PACE_MS,
  ).length
}

/** Those who are being asked whether they are still there, and those who did not answer. */
export function needSpotCheck(tiles: readonly Tile[]): readonly Tile[] {
  return tiles.filter(({ spotCheck }) => spotCheck?.state === 'asked' || spotCheck?.state === 'missed')
}

/** Everybody without a mark. */
export const unmarkedOf = (tiles: readonly Tile[]): readonly Tile[] => tiles.filter(({ status }) => status === null)

/** Those whose tries were refused and who are still not marked, the latest first. */
export function needDecision(tiles: readonly Tile[]): readonly Tile[] {
  return tiles
    .filter(({ status, refusals }) => refusals !== null && (status === null || status === 'absent'))
    .toSorted((a, b) => (b.refusals?.lastAt ?? '').localeCompare(a.refusals?.lastAt ?? ''))
}

export function initialsOf(fullName: string): string {
  const words = fullName.split(/\s+/).filter((word) => word !== '')
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : undefined].map((word) => word?.at(0) ?? '')
  return letters.join('').toUpperCase()
}
