import { readFile } from 'node:fs/promises'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { Failure } from '../failure.ts'

/** Names under here carry a hash of their content, so a browser never needs to ask again. */
const HASHED = '/assets/'
const A_YEAR_SECONDS = 31_536_000

/** Kinds the static file server does not know; a browser compiles WebAssembly while it loads only under its own type. */
const TYPES: Record<string, string> = {
  '.wasm': 'application/wasm',
  '.data': 'application/octet-stream',
  '.binarypb': 'application/octet-stream',
}

/**
 * Serves the built web app; the build's `.br` and `.gz` neighbours are sent where a browser takes them.
 * Every other GET outside /api is a page of the app and gets index.html; a missing file is a 404, not a page.
 * @param dist folder of the build
 */
export async function installWebApp(app: FastifyInstance, dist: string): Promise<void> {
  const index = await readFile(path.join(dist, 'index.html'))
  await app.register(fastifyStatic, {
    root: dist,
    preCompressed: true,
    wildcard: false,
    index: false,
    cacheControl: false,
    dotfiles: 'deny',
    setHeaders: (reply, file) => {
      const type = TYPES[path.extname(file.replace(/[.](br|gz)$/, ''))]
      if (type) reply.header('content-type', type)
      const isHashed = path.relative(dist, file).startsWith(`assets${path.sep}`)
      reply.header('cache-control', isHashed ? `public, max-age=${A_YEAR_SECONDS}, immutable` : 'no-cache')
    },
  })
  app.get('/*', (request, reply) => {
    const [pathname = ''] = request.url.split('?', 1)
    if (isApi(pathname) || isFile(pathname)) throw new Failure('not-found')
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(index)
  })
}

const isApi = (pathname: string) => pathname === '/api' || pathname.startsWith('/api/')
/** No page of the app has a dot in its path; a file has, and so have those that scanners look for. */
const isFile = (pathname: string) => pathname.startsWith(HASHED) || pathname.includes('.')
