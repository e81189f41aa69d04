import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { leafBytes, merklePath, merkleRoot } from './merkle-tree.ts'
import { checkReceipt, type Proof, toHex } from './receipt.ts'

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())
const slowly = async (bytes: Uint8Array) => sha256(bytes)

const ROWS = ['{"id":1}', '{"id":2,"new":{"status": "late"}}', '{"id":3}', '{"id":4}', '{"id":5}']
const leaves = ROWS.map((row) => sha256(leafBytes(row)))
const root = toHex(merkleRoot(leaves, sha256))
const proof: Proof = {
  statement: ROWS[1] as string,
  index: 1,
  size: ROWS.length,
  path: merklePath(leaves, 1, sha256).map(toHex),
  root,
}

test('a receipt is proved by the root that was printed, whole or short', async () => {
  expect(await checkReceipt(proof, root, slowly)).toEqual({ outcome: 'proved', by: 'whole' })
  expect(await checkReceipt(proof, root.slice(0, 16), slowly)).toEqual({ outcome: 'proved', by: 'short' })
})

test.each<[string, Partial<Proof>]>([
  ['status', { statement: ROWS[1]?.replace('late', 'present') as string }],
  ['place', { index: 2 }],
  ['size', { size: 3 }],
  ['path', { path: proof.path.toReversed() }],
  ['root', { root: 'ab'.repeat(32) }],
])('a receipt with another %s is altered', async (_, change) => {
  expect(await checkReceipt({ ...proof, ...change }, root, slowly)).toEqual({ outcome: 'altered' })
})

test('a whole receipt is of another root than that of another session', async () => {
  expect(await checkReceipt(proof, 'ab'.repeat(32), slowly)).toEqual({ outcome: 'other-root' })
  expect(await checkReceipt(proof, 'the root', slowly)).toEqual({ outcome: 'not-a-root' })
})
