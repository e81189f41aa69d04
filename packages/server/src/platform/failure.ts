import type { ApiError, ErrorCode } from '@app/contract'

type Details = Omit<ApiError['error'], 'code' | 'requestId'>

/** Something asked for that cannot be given: becomes the status its code has in the contract's table. */
export class Failure extends Error {
  readonly code: ErrorCode
  readonly details: Details

  constructor(code: ErrorCode, details: Details = {}) {
    super(code)
    this.name = 'Failure'
    this.code = code
    this.details = details
  }
}
