import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installErrors } from './errors.ts'
import { installHardening } from './hardening.ts'
import { installWebApp } from './web-app.ts'

const INDEX = '<!doctype html><title>Smart Attendance</title>'
const SCRIPT = 'export const answer = 42\n'.repeat(100)

let parent: string
let app: FastifyInstance
beforeAll(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'web-app-'))
  const dist = path.join(parent, 'dist')
  await mkdir(path.join(dist, 'assets'), { recursive: true })
  await mkdir(path.join(dist, 'vendor/face-mesh'), { recursive: true })
  const files = {
    'index.html': INDEX,
    'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'assets/main-a1b2c3.js': SCRIPT,
    'assets/main-a1b2c3.js.br': brotliCompressSync(SCRIPT),
    'assets/main-a1b2c3.js.gz': gzipSync(SCRIPT),
    'vendor/face-mesh/mesh.wasm': 'wasm',
    'vendor/face-mesh/mesh.wasm.br': brotliCompressSync('wasm'),
    'vendor/face-mesh/mesh.data': 'data',
    'vendor/face-mesh/mesh.binarypb': 'graph',
    '../secret.key': 'out of reach',
    '.env': 'SECRET_KEY=out of reach',
  }
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(dist, name), content)
  app = fastify()
  installErrors(app)
  installHardening(app)
  app.get('/api/me', async () => ({ done: true }))
  await installWebApp(app, dist)
})
afterAll(async () => {
  await app?.close()
  await rm(parent, { recursive: true, force: true })
})

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers })

describe('a page of the app', () => {
  test.each(['/', '//', '/sign-in', '/classes/6b1f/sessions', '/check-in?code=1', '/index.html'])(
    '%s is index.html',
    async (url) => {
      const reply = await get(url)
      expect(reply.statusCode).toBe(200)
      expect(reply.body).toBe(INDEX)
      expect(reply.headers['content-type']).toMatch(/^text\/html/)
      expect(reply.headers['cache-control']).toBe('no-cache')
    },
  )
})

describe('a missing file is not found and no page:', () => {
  test.each([
    '/assets/main-old.js',
    '/assets/',
    '/assets/deep/er',
    '/vendor/face-mesh/none.wasm',
    '/robots.txt',
    '/api',
    '/api/no-such-thing',
    '/.env',
    '/.git/config',
  ])('%s', async (url) => {
    const reply = await get(url)
    expect([reply.statusCode, reply.json().error.code]).toEqual([404, 'not-found'])
    expect(reply.headers['cache-control']).toBe('no-store')
  })

  test('nor is anything outside the folder served', async () => {
    for (const url of [
      '/../secret.key',
      '/%2e%2e/secret.key',
      '/assets/..%2f..%2fsecret.key',
      '/assets/%5c..%5csecret.key',
    ])
      expect((await get(url)).body).not.toContain('out of reach')
  })

  test('nor is a change of a page taken', async () => {
    const reply = await app.inject({ method: 'POST', url: '/sign-in' })
    expect(reply.statusCode).toBe(404)
  })
})

test('a file whose name carries its hash is kept for a year, every other one is asked for anew', async () => {
  expect((await get('/assets/main-a1b2c3.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable')
  const icon = await get('/favicon.svg')
  expect(icon.headers['cache-control']).toBe('no-cache')
  const again = await get('/favicon.svg', { 'if-none-match': String(icon.headers.etag) })
  expect(again.statusCode).toBe(304)
})

test('what the build compressed is sent so to who takes it', async () => {
  const br = await get('/assets/main-a1b2c3.js', { 'accept-encoding': 'gzip, deflate, br' })
  expect(br.headers['content-encoding']).toBe('br')
  expect(br.headers.vary).toContain('accept-encoding')
  expect(br.headers['content-type']).toMatch(/javascript/)
  expect(brotliDecompressSync(br.rawPayload).toString()).toBe(SCRIPT)
  const gz = await get('/assets/main-a1b2c3.js', { 'accept-encoding': 'gzip' })
  expect(gz.headers['content-encoding']).toBe('gzip')
  expect(gunzipSync(gz.rawPayload).toString()).toBe(SCRIPT)
  const plain = await get('/assets/main-a1b2c3.js')
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect(plain.body).toBe(SCRIPT)
  const wasm = await get('/vendor/face-mesh/mesh.wasm', { 'accept-encoding': 'br' })
  expect([wasm.headers['content-type'], wasm.headers['content-encoding']]).toEqual(['application/wasm', 'br'])
})

test.each([
  ['/vendor/face-mesh/mesh.wasm', 'application/wasm'],
  ['/vendor/face-mesh/mesh.data', 'application/octet-stream'],
  ['/vendor/face-mesh/mesh.binarypb', 'application/octet-stream'],
  ['/favicon.svg', 'image/svg+xml'],
])('%s is of type %s', async (url, type) => {
  expect((await get(url)).headers['content-type']).toBe(type)
})

describe('every answer', () => {
  test.each(['/', '/assets/main-a1b2c3.js', '/assets/none.js', '/api/me', '/api/none'])(
    '%s is hardened',
    async (url) => {
      const { headers } = await get(url)
      const policy = String(headers['content-security-policy'])
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toMatch(/https?:|\*/)
      expect(headers['permissions-policy']).toContain('camera=(self), geolocation=(self)')
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    },
  )

  test('to a preflight of another origin allows nothing', async () => {
    const reply = await app.inject({
      method: 'OPTIONS',
      url: '/api/me',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    })
    expect(reply.statusCode).toBe(404)
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})
