import { MarkStatement, Receipt } from '@app/contract'
import { checkReceipt, type ReceiptVerdict, type SlowHash } from '@app/domain'

/** Larger than any receipt; a file that was chosen by mistake may be a film. */
const MAX_BYTES = 64 * 1024

/** The receipt in a file, or null where there is none. */
export async function readReceipt(file: Blob): Promise<Receipt | null> {
  if (file.size > MAX_BYTES) return null
  const receipt = Receipt.safeParse(readJson(await file.text()))
  return receipt.success ? receipt.data : null
}

export type CheckedReceipt = { verdict: ReceiptVerdict; receipt: Receipt; statement: MarkStatement | null }

/** Checks it on this device. What the statement says is told only where it is proved. */
export async function checkRoot(receipt: Receipt, typedRoot: string): Promise<CheckedReceipt> {
  const verdict = await checkReceipt(receipt, typedRoot, sha256)
  const statement = MarkStatement.safeParse(readJson(receipt.statement))
  return { verdict, receipt, statement: statement.success ? statement.data : null }
}

/** Browsers hash on secure pages only: by https, or on this very computer. */
export const canHash = (): boolean => globalThis.crypto?.subtle !== undefined

const sha256: SlowHash = async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes)))

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
