import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leafBytes, linkBytes, merklePath, merkleRoot, merkleRoots, rootFromPath } from './merkle-tree.ts'

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())
const slowly = async (bytes: Uint8Array) => sha256(bytes)
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const unhex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))

/** The leaves and roots that the reference implementations of RFC 6962 are tested with. */
const REFERENCE = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const REFERENCE_ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const referenceLeaves = REFERENCE.map((data) => sha256(new Uint8Array([0, ...unhex(data)])))

test.each(REFERENCE_ROOTS.map((root, i) => [i + 1, root]))(
  'the root over %i leaves is that of RFC 6962',
  (size, root) => {
    expect(hex(merkleRoot(referenceLeaves.slice(0, Number(size)), sha256))).toBe(root)
  },
)

test('the roots of all sizes are made in one pass', () => {
  const sizes = REFERENCE_ROOTS.map((_, i) => i + 1)
  expect(merkleRoots(referenceLeaves, sizes, sha256).map(hex)).toEqual(REFERENCE_ROOTS)
  expect(merkleRoots(referenceLeaves, [3, 7], sha256).map(hex)).toEqual([REFERENCE_ROOTS[2], REFERENCE_ROOTS[6]])
})

test('a row’s leaf is hashed as RFC 6962 hashes data, a link under a prefix of its own', () => {
  expect(hex(leafBytes('é'))).toBe('00c3a9')
  expect(hex(linkBytes(unhex('aa'), unhex('bb')))).toBe('02aabb')
})

const someLeaves = fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { minLength: 1, maxLength: 40 })
const leavesAndIndex = someLeaves.chain((leaves) => fc.tuple(fc.constant(leaves), fc.nat(leaves.length - 1)))

test('every leaf’s path leads to the root', async () => {
  await fc.assert(
    fc.asyncProperty(leavesAndIndex, async ([leaves, index]) => {
      const path = merklePath(leaves, index, sha256)
      const leaf = leaves[index] as Uint8Array
      const root = await rootFromPath({ leaf, index, size: leaves.length, path }, slowly)
      expect(root && hex(root)).toBe(hex(merkleRoot(leaves, sha256)))
    }),
  )
})

test('another leaf, another place or another path leads elsewhere', async () => {
  await fc.assert(
    fc.asyncProperty(leavesAndIndex, fc.nat(60), async ([leaves, index], elsewhere) => {
      const path = merklePath(leaves, index, sha256)
      const leaf = leaves[index] as Uint8Array
      const root = hex(merkleRoot(leaves, sha256))
      const size = leaves.length
      const lead = async (given: Partial<Parameters<typeof rootFromPath>[0]>) => {
        const found = await rootFromPath({ leaf, index, size, path, ...given }, slowly)
        return found === null ? null : hex(found)
      }
      expect(await lead({ leaf: sha256(leaf) })).not.toBe(root)
      expect(await lead({ path: [...path, leaf] })).not.toBe(root)
      if (path.length > 0) expect(await lead({ path: path.slice(1) })).not.toBe(root)
      // Neighbours that are alike, as here by chance, cannot be told apart; those of real rows are salted.
      const others = leaves.filter((other, at) => at !== index && hex(other) === hex(leaf))
      if (elsewhere !== index && others.length === 0) expect(await lead({ index: elsewhere })).not.toBe(root)
    }),
  )
})

test('nothing has no root, and a leaf that is not there no path', () => {
  expect(() => merkleRoot([], sha256)).toThrow(RangeError)
  for (const index of [-1, 8, 0.5]) expect(() => merklePath(referenceLeaves, index, sha256)).toThrow(RangeError)
})
