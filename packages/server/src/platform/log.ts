import { pino } from 'pino'

/** The one logger. Pass it down; `child({ … })` adds what a part wants on each of its lines. */
export type Log = pino.Logger

const HIDDEN = '[hidden]'
const SECRET_NAMES =
  /^(authorization|(set-)?cookie|.*(password|secret|token|passphrase)|jwt|code|smtpUrl|databaseUrl|embedding|template|descriptor|image|frame|frames|photo)$/i
/** Invite, reset and set-up links carry their token in the path or after the `?`. */
const TOKEN_SEGMENT = /\/(?=[^/]*[\dA-Z])(?![0-9a-f]{8}-[0-9a-f-]{27}(\/|$))[\w-]{20,}/g
const DEEPEST = 5

/** The path of a URL without query, fragment and token-like segments; ids (UUIDs) stay. */
export function safeUrl(url: string): string {
  return (url.split(/[?#]/, 1)[0] ?? '').replace(TOKEN_SEGMENT, `/${HIDDEN}`)
}

/** A copy fit for a log line: no secrets by name, no bytes (a frame, a template) whatever their name. */
function loggable(value: unknown, depth = 0): unknown {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (value instanceof Error) return loggableError(value, depth)
  if (depth >= DEEPEST) return '[deep]'
  if (Array.isArray(value)) {
    const longNumbers = value.length > 16 && value.every((item) => typeof item === 'number')
    return longNumbers ? `[${value.length} numbers]` : value.slice(0, 50).map((item) => loggable(item, depth + 1))
  }
  const entries = Object.entries(value).map(([name, item]) => {
    if (SECRET_NAMES.test(name) && typeof item !== 'number' && typeof item !== 'boolean') return [name, HIDDEN]
    return [name, name === 'url' && typeof item === 'string' ? safeUrl(item) : loggable(item, depth + 1)]
  })
  return Object.fromEntries(entries)
}

function loggableError(error: Error, depth: number): unknown {
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const cause = error.cause === undefined || depth >= DEEPEST ? {} : { cause: loggable(error.cause, depth + 1) }
  return { type: error.name, message: error.message, stack: error.stack, ...code, ...cause }
}

type Request = { method?: string; url?: string; id?: unknown; ip?: string }

/**
 * JSON lines to the standard output (or `destination`), each passed through `loggable`.
 * Requests are logged as method, path and id: headers, bodies and queries are never looked at.
 */
export function createLog({ debug, destination }: { debug: boolean; destination?: pino.DestinationStream }): Log {
  const options: pino.LoggerOptions = {
    level: debug ? 'debug' : 'info',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: {
      req: (request: Request) => ({ id: request.id, method: request.method, url: safeUrl(request.url ?? '') }),
      res: (reply: { statusCode?: number }) => ({ status: reply.statusCode }),
      err: (error: unknown) => loggable(error),
    },
    formatters: {
      level: (label) => ({ level: label }),
      log: (line) => {
        const { req, res, err, ...rest } = line
        const kept = Object.entries({ req, res, err }).filter(([, value]) => value !== undefined)
        return { ...(loggable(rest) as Record<string, unknown>), ...Object.fromEntries(kept) }
      },
    },
  }
  return destination ? pino(options, destination) : pino(options)
}
