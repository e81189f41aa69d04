import { MarkStatement, Receipt } from '../packages/contract/src/index.ts'
import { checkReceipt, type ReceiptVerdict } from '../packages/domain/src/index.ts'

const sha256 = async (bytes: Uint8Array) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes)))

const SENTENCES: Record<ReceiptVerdict['outcome'], string> = {
  proved: 'PROVED: this mark is part of that root.',
  altered: 'NOT PROVED: the receipt does not fit itself. It was altered, or is not whole.',
  'other-root': 'NOT PROVED: the receipt is whole, but of another root.',
  'not-a-root': 'That is no root: give its 64 digits (0-9, a-f), or at least the first 16.',
}

/** The verdict as lines to print; `isProved` is null when there was nothing to check. */
export async function checkReceiptText(
  text: string,
  typedRoot: string,
): Promise<{ isProved: boolean | null; lines: string[] }> {
  const receipt = Receipt.safeParse(readJson(text))
  if (!receipt.success) return { isProved: null, lines: ['This file is no receipt, or not whole.'] }
  const verdict = await checkReceipt(receipt.data, typedRoot, sha256)
  const sentence = SENTENCES[verdict.outcome]
  if (verdict.outcome !== 'proved')
    return { isProved: verdict.outcome === 'not-a-root' ? null : false, lines: [sentence] }
  const statement = MarkStatement.safeParse(readJson(receipt.data.statement))
  return {
    isProved: true,
    lines: [
      verdict.by === 'short' ? `${sentence} (By its first digits; the whole root proves more.)` : sentence,
      ...(statement.success ? describe(statement.data) : []),
      `The whole statement: ${receipt.data.statement}`,
    ],
  }
}

const describe = ({ status, method, at, held, student, session }: MarkStatement) => [
  `Status: ${status ?? 'none'}${method === null ? '' : `, by ${method}`}${held ? ', held for a decision' : ''}, at ${at}`,
  `Student: ${student}, session: ${session}`,
]

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
