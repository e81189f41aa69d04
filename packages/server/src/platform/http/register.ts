import { once } from 'node:events'
import { type BodyOf, LiveEvent, type ParamsOf, type QueryOf, type ReplyOf, type RouteSpec } from '@app/contract'
import type { Multipart } from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { Failure } from '../failure.ts'
import { toStorable } from '../storable.ts'
import { type Actor, requireRole } from './actor.ts'

/** What a handler is given: everything parsed, the actor known. */
export type Call<Route extends RouteSpec> = {
  actor: Route['access'] extends 'public' ? null : Actor
  params: ParamsOf<Route>
  query: QueryOf<Route>
  body: BodyOf<Route>
  file: Route['file'] extends object ? UploadedFile : undefined
  /** The caller's address, as far as the trusted proxy tells. */
  address: string
  userAgent: string
  /** For cookies only. */
  reply: FastifyReply
  cookies: Readonly<Record<string, string | undefined>>
  headers: FastifyRequest['headers']
}

/** `name` comes from outside: show it, never use it as a path. */
export type UploadedFile = { name: string; bytes: Buffer }

export type Download = { contentType: string; fileName: string; body: Buffer }

/** A stream of live events. It lives until its handler returns; an error before `open` is answered as any other. */
export type EventStream = {
  /** Answers 200; call it once the actor may watch. */
  open(): void
  /** Resolves when the caller has taken enough to send more: a slow reader does not fill the server's memory. */
  send(event: LiveEvent): Promise<void>
  /** Aborts when the caller has gone or the server stops. */
  closed: AbortSignal
}

export type Register = {
  json<Route extends RouteSpec & { response: z.ZodType }>(
    route: Route,
    handle: (call: Call<Route>) => Promise<ReplyOf<Route>>,
  ): void
  download<Route extends RouteSpec & { response: { download: readonly string[] } }>(
    route: Route,
    handle: (call: Call<Route>) => Promise<Download>,
  ): void
  stream<Route extends RouteSpec & { response: { stream: z.ZodType } }>(
    route: Route,
    handle: (call: Call<Route>, stream: EventStream) => Promise<void>,
  ): void
}

/** Turns an access token into an actor, or null when it is not good (any more). */
export type Authenticate = (accessToken: string) => Promise<Actor | null>

/** Largest JSON body; only multipart routes take more. */
const JSON_BODY_MAX_BYTES = 256 * 1024
/** A comment line now and then keeps proxies from closing a quiet stream. */
const HEARTBEAT_MS = 20_000

/** The one way a route of the contract gets onto the server: size limit, actor, parse, handle, strip by the response schema. */
export function createRegister(app: FastifyInstance, authenticate: Authenticate): Register {
  const streams: Streams = { open: new Set(), isServerStopping: false }
  // An open stream would keep the server from ever closing; its watcher comes back to the next one.
  app.addHook('preClose', async () => {
    streams.isServerStopping = true
    for (const stream of streams.open) stream.abort()
  })
  function add<Route extends RouteSpec>(
    route: Route,
    answer: (call: Call<Route>, reply: FastifyReply) => Promise<unknown>,
  ) {
    app.route({
      method: route.method,
      url: route.path,
      // A HEAD would run the handler too, streams and all.
      exposeHeadRoute: false,
      bodyLimit: route.file ? route.file.maxBytes + JSON_BODY_MAX_BYTES : JSON_BODY_MAX_BYTES,
      handler: async (request, reply) => answer(await readCall(route, request, reply, authenticate), reply),
    })
  }
  return {
    json: (route, handle) =>
      add(route, async (call, reply) => {
        const body = route.response.parse(await handle(call))
        return reply.header('cache-control', 'no-store').send(body)
      }),
    download: (route, handle) =>
      add(route, async (call, reply) => {
        const { contentType, fileName, body } = await handle(call)
        return reply
          .header('cache-control', 'no-store')
          .header('content-type', contentType)
          .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
          .send(body)
      }),
    stream: (route, handle) => add(route, (call, reply) => runStream(call, reply, handle, streams)),
  }
}

async function readCall<Route extends RouteSpec>(
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  authenticate: Authenticate,
): Promise<Call<Route>> {
  const actor = await readActor(route, request, authenticate)
  const form = route.file ? await readForm(route.file, request) : { fields: request.body, file: undefined }
  const parsed = {
    actor,
    params: parseWith(route.params, request.params, 'params'),
    query: parseWith(route.query, request.query, 'query'),
    body: parseWith(route.body, form.fields, 'body'),
    file: form.file,
    address: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    reply,
    cookies: request.cookies,
    headers: request.headers,
  }
  // The generic parts above were parsed by this route's own schemas.
  return parsed as unknown as Call<Route>
}

async function readActor(route: RouteSpec, request: FastifyRequest, authenticate: Authenticate): Promise<Actor | null> {
  if (route.access === 'public') return null
  const header = request.headers.authorization ?? ''
  if (!header.startsWith('Bearer ')) throw new Failure('not-signed-in')
  const actor = await authenticate(header.slice('Bearer '.length))
  if (!actor) throw new Failure('not-signed-in')
  if (route.access !== 'signed-in') requireRole(actor, ...route.access)
  return actor
}

function parseWith(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (!schema) return undefined
  const result = schema.safeParse(value ?? {})
  if (result.success) return toStorable(result.data, where)
  throw new Failure('bad-input', {
    fields: result.error.issues.slice(0, 20).map((issue) => ({
      path: [where, ...issue.path].join('.'),
      message: issue.message,
    })),
  })
}

async function readForm(spec: NonNullable<RouteSpec['file']>, request: FastifyRequest) {
  if (!request.isMultipart()) throw new Failure('wrong-media-type')
  const { fields, file } = await readParts(spec, request).catch(refuseCutForm)
  if (!file)
    throw new Failure('bad-input', { fields: [{ path: `body.${spec.field}`, message: 'a file is needed here' }] })
  return { fields, file }
}

async function readParts(spec: NonNullable<RouteSpec['file']>, request: FastifyRequest) {
  const fields: Record<string, string> = {}
  let file: UploadedFile | undefined
  const limits = { fileSize: spec.maxBytes, files: 1, fields: 5, fieldSize: JSON_BODY_MAX_BYTES, parts: 6 }
  for await (const part of request.parts({ limits }) as AsyncIterable<Multipart>) {
    if (part.type === 'field') fields[part.fieldname] = String(part.value)
    else {
      const bytes = await part.toBuffer()
      if (part.fieldname === spec.field) file = { name: part.filename.slice(0, 200), bytes }
    }
  }
  return { fields, file }
}

/** The form's parser has no codes: without a boundary, or cut off by a lost connection, a form is a plain error to it. */
function refuseCutForm(error: unknown): never {
  if (error instanceof Error && !('code' in error))
    throw new Failure('bad-input', { fields: [{ path: 'body', message: 'not a whole form' }] })
  throw error
}

type Streams = { open: Set<AbortController>; isServerStopping: boolean }

async function runStream<Route extends RouteSpec>(
  call: Call<Route>,
  reply: FastifyReply,
  handle: (call: Call<Route>, stream: EventStream) => Promise<void>,
  streams: Streams,
): Promise<void> {
  const closing = new AbortController()
  const { signal } = closing
  const raw = reply.raw
  streams.open.add(closing)
  raw.once('close', () => closing.abort())
  // Either may have happened while the caller was being looked up, and nobody tells it again.
  if (raw.destroyed || streams.isServerStopping) closing.abort()
  const heartbeat = setInterval(() => raw.headersSent && raw.write(': beat\n\n'), HEARTBEAT_MS)
  const open = () => {
    if (raw.headersSent) return
    reply.hijack()
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value)
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      connection: 'keep-alive',
    })
    raw.write(': open\n\n')
  }
  const send = async (event: LiveEvent) => {
    open()
    const hasRoom = raw.write(
      `id: ${event.seq}\nevent: ${event.kind}\ndata: ${JSON.stringify(LiveEvent.parse(event))}\n\n`,
    )
    if (!hasRoom && !signal.aborted) await once(raw, 'drain', { signal }).catch(() => undefined)
  }
  try {
    await handle(call, { open, send, closed: signal })
    open()
  } catch (error) {
    if (!raw.headersSent) throw error
    if (!(error instanceof Failure)) reply.log.error({ err: error }, 'a stream broke off')
  } finally {
    clearInterval(heartbeat)
    streams.open.delete(closing)
    if (raw.headersSent) raw.end()
  }
}
