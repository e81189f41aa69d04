import type { ErrorCode } from '@app/contract'
import { Failure } from '../failure.ts'

/** PostgreSQL's codes. */
const SQLSTATE = { unique: '23505', reference: '23503' } as const

/** Whether the database has refused a second row of one key, or the end of a row that others refer to. */
export const isViolation = (error: unknown, kind: keyof typeof SQLSTATE): boolean =>
  error instanceof Error && 'code' in error && error.code === SQLSTATE[kind]

/**
 * Runs a whole transaction and answers with a code of ours what the database refuses of it.
 * @throws Failure of that code; whatever else is thrown goes on
 */
export async function refusedAs<Result>(
  codes: { [Kind in keyof typeof SQLSTATE]?: ErrorCode },
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (codes.unique && isViolation(error, 'unique')) throw new Failure(codes.unique)
    if (codes.reference && isViolation(error, 'reference')) throw new Failure(codes.reference)
    throw error
  }
}
