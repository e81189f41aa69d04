import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { leafBytes, merklePath, merkleRoot, toHex } from '../packages/domain/src/index.ts'
import { checkReceiptText } from './receipt-text.ts'

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())
const id = '11111111-1111-4111-8111-111111111111'
const statement = (status: string) =>
  JSON.stringify({
    institution: id,
    session: id,
    student: id,
    number: 7,
    at: '2026-03-02T09:00:00.000Z',
    status,
    method: 'hand',
    assurance: 'D',
    ownStatus: null,
    held: false,
    salt: id,
  })
const leaves = [statement('absent'), statement('late')].map((text) => sha256(leafBytes(text)))
const root = toHex(merkleRoot(leaves, sha256))
const receipt = {
  kind: 'smart-attendance-receipt',
  version: 1,
  institution: 'Hill College',
  className: 'A',
  subjectName: 'Biology',
  opensAt: '2026-03-02T09:00:00.000Z',
  fullName: 'Ada',
  rollNo: 'R1',
  statement: statement('late'),
  index: 1,
  size: 2,
  path: merklePath(leaves, 1, sha256).map(toHex),
  root,
  explanation: [],
}
const check = (change: object, typed = root) => checkReceiptText(JSON.stringify({ ...receipt, ...change }), typed)

test('a receipt is proved, and what was recorded is said', async () => {
  const { isProved, lines } = await check({})
  expect(isProved).toBe(true)
  expect(lines.slice(0, 2)).toEqual([
    'PROVED: this mark is part of that root.',
    'Status: late, by hand, at 2026-03-02T09:00:00.000Z',
  ])
})

test.each([
  ['another statement', { statement: statement('present') }, root, 'NOT PROVED: the receipt does not fit itself.'],
  ['another root', {}, 'ab'.repeat(32), 'NOT PROVED: the receipt is whole, but of another root.'],
])('%s is not proved', async (_, change, typed, said) => {
  const { isProved, lines } = await check(change, typed)
  expect(isProved).toBe(false)
  expect(lines).toEqual([expect.stringContaining(said)])
})

test('what is no receipt, or no root, is said to be none', async () => {
  expect(await checkReceiptText('hello', root)).toMatchObject({ isProved: null })
  expect(await checkReceiptText('{"kind":"smart-attendance-receipt"}', root)).toMatchObject({ isProved: null })
  expect(await check({}, 'my root')).toMatchObject({ isProved: null })
})
