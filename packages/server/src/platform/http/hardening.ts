import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Failure } from '../failure.ts'

/**
 * What a page of ours may do. Scripts come from this origin alone; the face landmarks are WebAssembly; the camera's
 * pictures are blobs. Styles may be inline because the component library writes its variables so.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self' blob: data:",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'permissions-policy':
    'camera=(self), geolocation=(self), fullscreen=(self), clipboard-write=(self), microphone=(), payment=(), usb=(), serial=(), display-capture=()',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'x-dns-prefetch-control': 'off',
} as const

const HALF_A_YEAR_SECONDS = 15_768_000
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Security headers on every answer, and no change from another site's page. There is no CORS at all: without its
 * headers a browser keeps other origins from reading, and this keeps them from writing.
 */
export function installHardening(app: FastifyInstance): void {
  // A form of another site could send plain text without asking first; the API speaks JSON and multipart only.
  app.removeContentTypeParser('text/plain')
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS)
    if (request.protocol === 'https') reply.header('strict-transport-security', `max-age=${HALF_A_YEAR_SECONDS}`)
    if (!SAFE_METHODS.has(request.method) && !isSameOrigin(request)) throw new Failure('not-allowed')
  })
}

/** Every browser since 2023 sends Sec-Fetch-Site, earlier ones Origin; what sends neither is no browser and has no cookie to abuse. */
function isSameOrigin(request: FastifyRequest): boolean {
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === request.host
}
