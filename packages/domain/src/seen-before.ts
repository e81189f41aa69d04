/** Bits of 128 by which two hashes of one picture differ after other compression (docs/decisions/015). */
const SAME_FRAME_BITS = 3

/** Two frames of one pose: only clearly different ones count, or a person who sits still would look repeated. */
const OTHER_POSE_BITS = 8

/** Poses that must come back, and how many of them. Honest second tries reach 0.36, the same frames again 1. */
const MIN_POSES = 5
const MIN_SHARE = 0.75

/** How many marks are made of an upload. */
const MARKS = 16

/**
 * Whether an upload shows the frames of an earlier one again, as they were or mirrored: most of its clearly different
 * poses are there, bit for bit but for compression. A live person never holds the same five poses to within a pixel a
 * second time.
 */
export function wasSeenBefore(hashes: readonly string[], earlier: readonly (readonly string[])[]): boolean {
  const uploads = earlier.map((upload) => upload.map(wordsOf))
  return [hashes, hashes.map(mirroredHash)].some((shown) => {
    const poses = distinctPoses(shown.map(wordsOf))
    if (poses.length < MIN_POSES) return false
    return uploads.some((upload) => areMostlyIn(upload, poses))
  })
}

function areMostlyIn(upload: readonly Words[], poses: readonly Words[]): boolean {
  let mayMiss = Math.floor(poses.length * (1 - MIN_SHARE))
  for (const pose of poses)
    if (!upload.some((each) => distance(pose, each) <= SAME_FRAME_BITS) && mayMiss-- === 0) return false
  return true
}

/**
 * The hash of the mirrored picture. A byte holds a row of comparisons: in the first half of the hash each cell with its
 * right neighbour, which change sides, in the second half with the one below, which stays.
 */
export function mirroredHash(hash: string): string {
  let mirrored = ''
  for (let i = 0; i < hash.length; i += 2) {
    const row = reversedBits(Number.parseInt(hash.slice(i, i + 2), 16))
    mirrored += (i < hash.length / 2 ? row ^ 255 : row).toString(16).padStart(2, '0')
  }
  return mirrored
}

function reversedBits(byte: number): number {
  let reversed = 0
  for (let bit = 0; bit < 8; bit++) reversed |= ((byte >> bit) & 1) << (7 - bit)
  return reversed
}

/**
 * A few of an upload's hashes, chosen by what they are and not by where they stand: uploads that share most of their
 * frames share some of these, so that the ones worth comparing are found among thousands.
 */
export function marksOf(hashes: readonly string[]): string[] {
  return [...new Set(hashes)]
    .map((hash) => ({ hash, key: mixed(hash) }))
    .sort((a, b) => a.key - b.key || (a.hash < b.hash ? -1 : 1))
    .slice(0, MARKS)
    .map(({ hash }) => hash)
}

/** Number of differing bits of two hashes in hex; hashes of different length have nothing in common. */
export function bitsApart(a: string, b: string): number {
  return distance(wordsOf(a), wordsOf(b))
}

type Words = { length: number; words: Uint32Array }

function wordsOf(hash: string): Words {
  const words = new Uint32Array(Math.ceil(hash.length / 8))
  for (let i = 0; i < words.length; i++) words[i] = Number.parseInt(hash.slice(i * 8, i * 8 + 8), 16)
  return { length: hash.length, words }
}

function distance(a: Words, b: Words): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY
  let bits = 0
  for (let i = 0; i < a.words.length; i++) bits += bitsOf((a.words[i] as number) ^ (b.words[i] as number))
  return bits
}

/** The number of ones in 32 bits, all at once. */
function bitsOf(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

function distinctPoses(hashes: readonly Words[]): Words[] {
  const poses: Words[] = []
  for (const hash of hashes) if (poses.every((pose) => distance(pose, hash) >= OTHER_POSE_BITS)) poses.push(hash)
  return poses
}

/** FNV-1a: a number from a hash that says nothing of how the picture looks. */
function mixed(hash: string): number {
  let key = 0x811c9dc5
  for (let i = 0; i < hash.length; i++) key = Math.imul(key ^ hash.charCodeAt(i), 0x01000193)
  return key >>> 0
}
