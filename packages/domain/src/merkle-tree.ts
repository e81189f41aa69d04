/** SHA-256 of the bytes; a pure function that the caller brings, as the rules import nothing. */
export type Hash = (bytes: Uint8Array) => Uint8Array
/** The same where the platform's own takes its time: in a browser. */
export type SlowHash = (bytes: Uint8Array) => Promise<Uint8Array>

/** Leaves, nodes and links are hashed under a prefix of their own, so that none passes for another (RFC 6962 §2.1). */
const PREFIX = { leaf: 0, node: 1, link: 2 } as const

/** What the leaf of a canonical row is the hash of. */
export function leafBytes(row: string): Uint8Array {
  return join(PREFIX.leaf, new TextEncoder().encode(row))
}

/** What a link of an audit chain is the hash of: the hash before it (32 zero bytes for the first) and the row's leaf. */
export function linkBytes(previous: Uint8Array, leaf: Uint8Array): Uint8Array {
  return join(PREFIX.link, previous, leaf)
}

const nodeBytes = (left: Uint8Array, right: Uint8Array) => join(PREFIX.node, left, right)

/**
 * The root over leaf hashes in their order (RFC 6962 §2.1).
 * @throws RangeError without any leaf: nothing was proved
 */
export function merkleRoot(leaves: readonly Uint8Array[], hash: Hash): Uint8Array {
  const [root] = merkleRoots(leaves, [leaves.length], hash)
  if (!root) throw new RangeError('a tree needs a leaf')
  return root
}

/**
 * The roots over the first so many leaves, for each of `sizes` (from 1 to all, ascending); later leaves do not touch them.
 * One pass, whatever the number of sizes.
 */
export function merkleRoots(leaves: readonly Uint8Array[], sizes: readonly number[], hash: Hash): Uint8Array[] {
  // The whole subtrees so far, the largest first, as the ones of a binary number.
  const whole: { size: number; root: Uint8Array }[] = []
  const wanted = new Set(sizes)
  return leaves.flatMap((leaf, i) => {
    let grown = { size: 1, root: leaf }
    for (let left = whole.at(-1); left?.size === grown.size; left = whole.at(-1)) {
      grown = { size: 2 * grown.size, root: hash(nodeBytes(left.root, grown.root)) }
      whole.pop()
    }
    whole.push(grown)
    if (!wanted.has(i + 1)) return []
    return [whole.map(({ root }) => root).reduceRight((right, left) => hash(nodeBytes(left, right)))]
  })
}

/**
 * The neighbours that lead from leaf `index` to the root, the nearest first (RFC 6962 §2.1.1).
 * @throws RangeError when there is no such leaf
 */
export function merklePath(leaves: readonly Uint8Array[], index: number, hash: Hash): Uint8Array[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError(`no leaf ${index}`)
  if (leaves.length === 1) return []
  const split = splitOf(leaves.length)
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)]
  return index < split
    ? [...merklePath(left, index, hash), merkleRoot(right, hash)]
    : [...merklePath(right, index - split, hash), merkleRoot(left, hash)]
}

/**
 * The root that a leaf and its path lead to, or null where the path does not fit a tree of `size` leaves
 * (RFC 9162 §2.1.3.2).
 */
export async function rootFromPath(
  { leaf, index, size, path }: { leaf: Uint8Array; index: number; size: number; path: readonly Uint8Array[] },
  hash: SlowHash,
): Promise<Uint8Array | null> {
  if (index >= size) return null
  let [own, last, root] = [index, size - 1, leaf]
  for (const neighbour of path) {
    if (last === 0) return null
    if (own % 2 === 1 || own === last) {
      root = await hash(nodeBytes(neighbour, root))
      while (own % 2 === 0 && own !== 0) [own, last] = [half(own), half(last)]
    } else root = await hash(nodeBytes(root, neighbour))
    ;[own, last] = [half(own), half(last)]
  }
  return last === 0 ? root : null
}

const half = (number: number) => Math.floor(number / 2)

/** The largest power of two that is smaller than `count`. */
function splitOf(count: number): number {
  let split = 1
  while (split * 2 < count) split *= 2
  return split
}

function join(prefix: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(1 + parts.reduce((sum, part) => sum + part.length, 0))
  bytes[0] = prefix
  let at = 1
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
