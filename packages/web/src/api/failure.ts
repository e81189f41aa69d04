import type { ApiError, ErrorCode, PresenceProof } from '@app/contract'

/** What can go wrong on this side of the wire. */
export type LocalCode = 'offline' | 'cancelled' | 'unreadable-reply'
export type FailureCode = ErrorCode | LocalCode

type Details = Omit<ApiError['error'], 'code' | 'requestId'> & { status?: number; requestId?: string }

/** The one error the client throws; its sentence is `errors:<code>` in the translations. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'
  readonly code: FailureCode
  readonly status: number | null
  readonly fields: readonly { path: string; message: string }[]
  readonly retryAfterSeconds: number | null
  readonly institutions: readonly { id: string; name: string }[]
  readonly missing: readonly PresenceProof[]
  readonly classes: readonly { name: string }[]
  readonly frame: number | null
  readonly requestId: string | null

  constructor(code: FailureCode, details: Details = {}, cause?: unknown) {
    super(code, { cause })
    this.code = code
    this.status = details.status ?? null
    this.fields = details.fields ?? []
    this.retryAfterSeconds = details.retryAfterSeconds ?? null
    this.institutions = details.institutions ?? []
    this.missing = details.missing ?? []
    this.classes = details.classes ?? []
    this.frame = details.frame ?? null
    this.requestId = details.requestId ?? null
  }
}

/** True when the failure is that one, for the few places that answer a code with more than its sentence. */
export function isFailure(error: unknown, ...codes: FailureCode[]): error is ApiFailure {
  return error instanceof ApiFailure && (codes.length === 0 || codes.includes(error.code))
}
