import { leafBytes, rootFromPath, type SlowHash } from './merkle-tree.ts'
import { readRoot } from './session-root.ts'

/** What a receipt proves by: hashes in hex, the nearest neighbour first. */
export type Proof = { statement: string; index: number; size: number; path: readonly string[]; root: string }

/**
 * `proved`: the statement is part of the root that was printed; by its `short` form it is proved against everyday changes, by the
 * `whole` against anybody. `altered`: the receipt does not fit itself. `other-root`: it is whole, and of another root.
 */
export type ReceiptVerdict =
  | { outcome: 'proved'; by: 'whole' | 'short' }
  | { outcome: 'altered' }
  | { outcome: 'other-root' }
  | { outcome: 'not-a-root' }

/** Checks a receipt against a root that was typed or pasted. */
export async function checkReceipt(proof: Proof, typedRoot: string, hash: SlowHash): Promise<ReceiptVerdict> {
  const printed = readRoot(typedRoot)
  if (printed === null) return { outcome: 'not-a-root' }
  const leaf = await hash(leafBytes(proof.statement))
  const { index, size } = proof
  const root = await rootFromPath({ leaf, index, size, path: proof.path.map(fromHex) }, hash)
  if (root === null || toHex(root) !== proof.root) return { outcome: 'altered' }
  if (!proof.root.startsWith(printed)) return { outcome: 'other-root' }
  return { outcome: 'proved', by: printed === proof.root ? 'whole' : 'short' }
}

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

const fromHex = (digits: string): Uint8Array =>
  Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
