import { ApiError, ERRORS, type ErrorCode } from '@app/contract'
import { ApiFailure } from './failure.ts'

/** What an answer outside of 200 to 299 says, be its body JSON, the text of JSON, a file, or a proxy's page. */
export async function readFailure(status: number, body: unknown): Promise<ApiFailure> {
  const parsed = ApiError.safeParse(await parseBody(body))
  if (!parsed.success) return new ApiFailure(codeOfStatus(status), { status })
  const { code, ...details } = parsed.data.error
  return new ApiFailure(isKnownCode(code) ? code : codeOfStatus(status), { ...details, status })
}

/** The body of a refused download comes as a file, that of a stream as text. */
async function parseBody(body: unknown): Promise<unknown> {
  const text = body instanceof Blob ? await body.text() : body
  if (typeof text !== 'string') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function isKnownCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code)
}

/** For replies that are not ours: a proxy's 502 page, a body limit met before routing. */
function codeOfStatus(status: number): ErrorCode {
  if (status === 401) return 'not-signed-in'
  if (status === 403) return 'not-allowed'
  if (status === 404) return 'not-found'
  if (status === 413) return 'too-large'
  if (status === 429) return 'too-many-attempts'
  if (status === 502 || status === 503 || status === 504) return 'database-unavailable'
  return status < 500 ? 'bad-input' : 'broken'
}
