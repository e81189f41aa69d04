import { ERRORS, type ErrorCode } from '@app/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Failure } from '../failure.ts'

/** What Fastify and its plugins throw of themselves, in our own codes. */
const FOREIGN: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_REQ_FILE_TOO_LARGE: 'too-large',
  FST_FILES_LIMIT: 'bad-input',
  FST_FIELDS_LIMIT: 'bad-input',
  FST_PARTS_LIMIT: 'bad-input',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'wrong-media-type',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'wrong-media-type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'bad-input',
  FST_ERR_CTP_INVALID_JSON_BODY: 'bad-input',
}

/** PostgreSQL's classes for "cannot be reached just now", and what the network says of it. */
const DATABASE_AWAY =
  /^(08|57P|53|25P03$|ECONNREFUSED$|ECONNRESET$|EPIPE$|ETIMEDOUT$|EHOSTUNREACH$|ENETUNREACH$|ENOTFOUND$|EAI_AGAIN$)/
/** The driver has no code for a connection that ends in the middle, nor for a pool in which none comes free. */
const CONNECTION_LOST = /^(Connection terminated|timeout exceeded when trying to connect)/

/** The one place an error becomes an answer. Only what is broken is logged as an error; its text never leaves. */
export function installErrors(app: FastifyInstance): void {
  app.setErrorHandler(answerError)
  app.setNotFoundHandler((request, reply) => answer(request, reply, 'not-found', {}))
}

/** Also for what goes wrong before there is a route: an address that cannot be decoded. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  if (error instanceof Failure) return answer(request, reply, error.code, error.details)
  const code = codeOf(error)
  if (ERRORS[code] >= 500) request.log.error({ err: error }, 'request failed')
  return answer(request, reply, code, {})
}

function codeOf(error: unknown): ErrorCode {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  const foreign = FOREIGN[code]
  if (foreign) return foreign
  if (DATABASE_AWAY.test(code)) return 'database-unavailable'
  if (error instanceof Error && CONNECTION_LOST.test(error.message)) return 'database-unavailable'
  if (error instanceof SyntaxError || (error instanceof Error && 'statusCode' in error && error.statusCode === 400))
    return 'bad-input'
  return 'broken'
}

function answer(request: FastifyRequest, reply: FastifyReply, code: ErrorCode, details: Failure['details']) {
  if (details.retryAfterSeconds !== undefined) reply.header('retry-after', details.retryAfterSeconds)
  return reply
    .status(ERRORS[code])
    .header('cache-control', 'no-store')
    .send({ error: { code, ...details, requestId: request.id } })
}
