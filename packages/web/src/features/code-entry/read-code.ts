import { CODE_LENGTH, normaliseCode } from '@app/domain'

/** What a link or a typed code says; a typed one names no session. */
export type ReadCode = { sessionId: string | null; code: string }

const LINK = /\/c\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/([^/?#\s]+)/i
const CODE = new RegExp(`^[0-9A-HJKMNP-TV-Z]{${CODE_LENGTH}}$`)

/**
 * Reads what was typed, pasted or scanned: the code alone, or the whole link of the QR.
 * Of a link only the session and the code are taken; where it leads is never looked at, let alone opened.
 */
export function readCode(text: string): ReadCode | null {
  const link = LINK.exec(text)
  const sessionId = link?.[1]?.toLowerCase() ?? null
  const code = normaliseCode(link?.[2] ?? text)
  return CODE.test(code) ? { sessionId, code } : null
}

/** What the field shows while somebody types: never more than a code, and a pasted link shrinks to its code. */
export function tidyTyped(text: string): string {
  return readCode(text)?.code ?? normaliseCode(text).slice(0, CODE_LENGTH)
}
