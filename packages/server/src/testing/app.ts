import { randomInt, randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ResultOf, RouteSpec, SentBodyOf, SentParamsOf, SentQueryOf } from '@app/contract'
import { SIMILARITY_AT_FMR } from '@app/domain'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { type AppDeps, buildApp } from '../app.ts'
import { createBackground } from '../platform/background.ts'
import { createKeyring } from '../platform/crypto/keyring.ts'
import { type Database, openDatabase } from '../platform/db/open.ts'
import { createFileStore } from '../platform/files/file-store.ts'
import type { Jobs } from '../platform/jobs/jobs.ts'
import { createLiveHub } from '../platform/live/live-hub.ts'
import { createLog } from '../platform/log.ts'
import { createTestDatabase } from './database.ts'
import { createMemoryJobs, type MemoryJobs } from './memory-jobs.ts'

/** A clock that stands still until a test moves it. */
export type TestClock = { now(): Date; advance(ms: number): void }

/** Whoever calls: any person of the builders. */
export type Caller = { token: string }

type Sent = { as?: Caller | undefined; headers?: Record<string, string>; remoteAddress?: string }
type Part<Name extends string, Value> = [Value] extends [undefined]
  ? { [Key in Name]?: never }
  : { [Key in Name]: Value }
export type TestAsk<Route extends RouteSpec> = Sent &
  Part<'params', SentParamsOf<Route>> &
  Part<'query', SentQueryOf<Route>> &
  Part<'body', SentBodyOf<Route>> &
  (Route['file'] extends object ? { file: { bytes: Buffer; name?: string; type?: string } } : unknown)

export type TestReply<Route extends RouteSpec> = {
  status: number
  /** Of a 200. */
  body: ResultOf<Route>
  /** The error's code; undefined on success. */
  error: string | undefined
  raw: LightMyRequestResponse
}

export type TestApp = {
  app: FastifyInstance
  db: Database
  deps: AppDeps
  clock: TestClock
  jobs: MemoryJobs
  /** The database's address, as its owner: for what the application's role must not do. */
  databaseUrl: string
  /** Calls a route of the contract in its own words. */
  call<Route extends RouteSpec>(route: Route, ask: TestAsk<Route>): Promise<TestReply<Route>>
  close(): Promise<void>
}

export const TEST_START = new Date('2026-03-02T09:00:00.000Z')

/** The whole application on a fresh database, with a clock that stands at `now`. Anything of its dependencies can be another. */
export async function createTestApp(
  options: Partial<Omit<AppDeps, 'now'>> & { now?: Date; maxConnections?: number } = {},
): Promise<TestApp> {
  const { now = TEST_START, maxConnections = 10, ...others } = options
  const database = await createTestDatabase()
  let at = now.getTime()
  const clock: TestClock = {
    now: () => new Date(at),
    advance: (ms) => {
      at += ms
    },
  }
  const jobs = createMemoryJobs()
  const deps: AppDeps = {
    ...(await createTestDeps(database.url, { now: clock.now, jobs, maxConnections })),
    ...others,
  }
  const app = await buildApp(deps)
  return {
    app,
    db: deps.db,
    deps,
    clock,
    jobs,
    databaseUrl: database.url,
    call: (route, ask) => call(app, route, ask),
    async close() {
      await app.close()
      await deps.background.stop()
      await deps.live.close()
      await deps.db.close()
      await database.drop()
    },
  }
}

/** What an application needs, as tests have it: on this database and by this clock. */
export async function createTestDeps(
  url: string,
  { now, jobs, maxConnections }: { now: () => Date; jobs: Jobs; maxConnections: number },
): Promise<AppDeps> {
  const log = createLog({ debug: false })
  log.level = process.env.TEST_LOG ?? 'silent'
  return {
    db: openDatabase(url, { maxConnections, onIdleError: () => undefined }),
    keyring: createKeyring('a secret of the tests, forty letters long'),
    live: await createLiveHub(url, log),
    jobs,
    mailer: null,
    files: createFileStore(path.join(tmpdir(), `test-files-${randomUUID()}`)),
    readFrames: async () => {
      throw new Error('this test gave no readFrames')
    },
    readPhoto: async () => {
      throw new Error('this test gave no readPhoto')
    },
    background: createBackground((error) => log.error({ err: error }, 'work in the background failed')),
    faceModel: { name: 'a-model@1', operatingPoints: SIMILARITY_AT_FMR },
    probes: {
      version: '0.0.0-test',
      startedAt: now(),
      vision: () => ({ workers: 1, waiting: 0 }),
      disk: async () => ({ freeBytes: 3e9, totalBytes: 9e9 }),
    },
    now,
    drawNumber: (bound) => randomInt(bound),
    publicUrl: 'https://attendance.test',
    setUpTokenHash: null,
    webDist: null,
    trustedProxies: 0,
    https: null,
    log,
  }
}

type LooseAsk = {
  params?: Record<string, unknown>
  query?: object
  body?: unknown
  file?: { bytes: Buffer; name?: string; type?: string }
}

async function call<Route extends RouteSpec>(
  app: FastifyInstance,
  route: Route,
  ask: TestAsk<Route>,
): Promise<TestReply<Route>> {
  const given = ask as Sent & LooseAsk
  const request: InjectOptions = {
    method: route.method,
    url: route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(given.params?.[name]))),
    headers: { ...(given.as ? { authorization: `Bearer ${given.as.token}` } : {}), ...given.headers },
    remoteAddress: given.remoteAddress ?? '192.0.2.10',
  }
  if (given.query) request.query = queryOf(given.query)
  if (given.file) Object.assign(request, formOf(route, given.file, given.body, request.headers))
  else if (given.body !== undefined) request.payload = given.body as object
  const raw = await app.inject(request)
  const isJson = String(raw.headers['content-type'] ?? '').startsWith('application/json')
  const body = isJson ? raw.json() : undefined
  const error = raw.statusCode >= 400 ? (body?.error?.code ?? 'no error body') : undefined
  return { status: raw.statusCode, body, error, raw }
}

function queryOf(query: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
}

function formOf(
  route: RouteSpec,
  file: { bytes: Buffer; name?: string; type?: string },
  fields: unknown,
  headers: InjectOptions['headers'],
): InjectOptions {
  const boundary = 'the-boundary-of-the-tests'
  const part = (head: string, bytes: Buffer) => [
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`),
    bytes,
    Buffer.from('\r\n'),
  ]
  const payload = Buffer.concat([
    ...Object.entries(fields ?? {}).flatMap(([name, value]) => part(`name="${name}"`, Buffer.from(String(value)))),
    ...part(
      `name="${route.file?.field}"; filename="${file.name ?? 'file'}"\r\ncontent-type: ${file.type ?? 'application/octet-stream'}`,
      file.bytes,
    ),
    Buffer.from(`--${boundary}--\r\n`),
  ])
  return { payload, headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` } }
}
