import type { Tile } from '@app/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyEvent, type Board, chooseTiles, countTiles, initialsOf, needDecision } from './board-state.ts'

function tile(studentId: string, over: Partial<Tile> = {}): Tile {
  return {
    studentId,
    rollNo: studentId,
    fullName: `Student ${studentId}`,
    status: null,
    ownStatus: null,
    method: null,
    assurance: null,
    markedAt: null,
    markedBy: null,
    reason: null,
    presence: [],
    note: null,
    version: null,
    isHeld: false,
    spotCheck: null,
    refusals: null,
    ...over,
  }
}

const session: Board['session'] = {
  id: 's',
  classId: 'c',
  className: 'A',
  subjectName: 'B',
  opensAt: '2026-03-01T09:00:00.000Z',
  lateAfter: '2026-03-01T09:10:00.000Z',
  closesAt: '2026-03-01T10:00:00.000Z',
  endedAt: null,
  isOpen: true,
  methods: ['face'],
  assurance: 'D',
  presence: { proofs: [], needs: 'all' },
  state: 'open',
  planned: null,
  isFromTimetable: false,
  room: null,
  canStart: false,
  pausedAt: null,
  cancelled: null,
}
const board: Board = {
  session,
  seq: 4,
  tiles: [tile('1'), tile('2')],
  guests: [],
  conflicts: [],
  marksLocked: false,
  unlockedUntil: null,
}

describe('a board under live events', () => {
  it('turns the one tile and leaves the others in their place', () => {
    const next = applyEvent(board, { kind: 'tile', seq: 5, tile: tile('2', { status: 'present' }) })
    expect(next).toMatchObject({
      seq: 5,
      tiles: [
        { studentId: '1', status: null },
        { studentId: '2', status: 'present' },
      ],
    })
  })

  it('ignores an event it has already', () => {
    expect(applyEvent(board, { kind: 'tile', seq: 4, tile: tile('2', { status: 'late' }) })).toBe(board)
  })

  it('is read anew after a gap, a reload, or a student it does not know', () => {
    expect(applyEvent(board, { kind: 'tile', seq: 6, tile: tile('2') })).toBe('stale')
    expect(applyEvent(board, { kind: 'reload', seq: 5 })).toBe('stale')
    expect(applyEvent(board, { kind: 'tile', seq: 5, tile: tile('3') })).toBe('stale')
  })
})

describe('the numerals', () => {
  it('add up to the class, whatever the marks', () => {
    const status = fc.constantFrom('present', 'late', 'excused', 'absent', null)
    fc.assert(
      fc.property(fc.array(status), (marks) => {
        const { total, ...parts } = countTiles(marks.map((mark, index) => tile(String(index), { status: mark })))
        expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(total)
      }),
    )
  })
})

describe('what is shown', () => {
  const refused = { count: 2, lastBecause: 'too-dark', lastAction: null, lastAt: '2026-03-01T09:05:00.000Z' }
  const tiles = [
    tile('1', { fullName: 'Zoya Ali', status: 'present', markedAt: '2026-03-01T09:01:00.000Z' }),
    tile('2', { fullName: 'Asha Rao', refusals: refused }),
    tile('3', { fullName: 'Dev', status: 'absent' }),
  ]

  it('finds by name or roll number, and tells the missing from the marked', () => {
    const ids = (found: readonly Tile[]) => found.map(({ studentId }) => studentId)
    expect(ids(chooseTiles(tiles, 'missing', 'rollNo', ''))).toEqual(['2', '3'])
    expect(ids(chooseTiles(tiles, 'marked', 'rollNo', ''))).toEqual(['1'])
    expect(ids(chooseTiles(tiles, 'all', 'name', ''))).toEqual(['2', '3', '1'])
    expect(ids(chooseTiles(tiles, 'all', 'rollNo', 'zoya'))).toEqual(['1'])
  })

  it('asks for a decision only about those refused and still missing', () => {
    expect(needDecision([...tiles, tile('4', { status: 'present', refusals: refused })])).toEqual([tiles[1]])
  })

  it('makes initials of one name, two, or many', () => {
    expect(['Dev', 'Asha Rao', 'Łukasz van der Berg', ''].map(initialsOf)).toEqual(['D', 'AR', 'ŁB', ''])
  })
})
