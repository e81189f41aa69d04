import { expect, test } from 'vitest'
import { describeVerdict, isWhole, parseVerifyArguments } from './audit-verdict.ts'

const HASH = 'ab'.repeat(32)
const hill = { institution: { id: 'i1', name: 'Hill College' }, links: 12, head: HASH, firstBreak: null }

test.each([
  [[], { kind: 'verify', known: [] }],
  [['--help'], { kind: 'help' }],
  [['--known', `12:${HASH.toUpperCase()}`], { kind: 'verify', known: [{ seq: 12, hash: HASH }] }],
  [['--known', '12'], { kind: 'wrong', message: '--known must be N:HASH as it was printed, not "12".' }],
  [['--all'], { kind: 'wrong', message: "Unknown option '--all'." }],
])('npm run audit:verify -- %j', (argv, expected) => {
  expect(parseVerifyArguments(argv)).toEqual(expected)
})

test('a whole chain is said with its last link and the sum', () => {
  const verdict = { chains: [hill], missingKnown: [] }
  expect(isWhole(verdict)).toBe(true)
  expect(describeVerdict(verdict)).toEqual([
    `Hill College (i1): whole, last link 12:${HASH}`,
    '12 rows, 1 institution, chain whole',
  ])
})

test('a broken chain is said with its institution, its link and what differs', () => {
  const broken = { ...hill, firstBreak: { kind: 'row-changed', seq: 13, auditId: '77' } } as const
  const verdict = { chains: [hill, broken], missingKnown: [] }
  expect(isWhole(verdict)).toBe(false)
  expect(describeVerdict(verdict)).toEqual([
    `Hill College (i1): whole, last link 12:${HASH}`,
    'Hill College (i1): BROKEN at link 13, audit row 77: the row is not the one that was linked.',
    '24 rows, 2 institutions read, chain BROKEN',
  ])
})

test('a known link that is not there is a broken chain too', () => {
  const verdict = { chains: [hill], missingKnown: [{ seq: 14, hash: HASH }] }
  expect(isWhole(verdict)).toBe(false)
  expect(describeVerdict(verdict)).toContain(
    `MISSING the known link 14:${HASH}: the log before it was rewritten or cut.`,
  )
})
