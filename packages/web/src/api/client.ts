import {
  type ResultOf,
  type RouteSpec,
  refresh,
  type SentBodyOf,
  type SentParamsOf,
  type SentQueryOf,
  SignedIn,
  signOut,
} from '@app/contract'
import axios, { type AxiosRequestConfig, type AxiosResponse, isAxiosError } from 'axios'
import type { z } from 'zod'
import type { StreamState } from './event-stream.ts'
import { ApiFailure, isFailure } from './failure.ts'
import { readFailure } from './read-failure.ts'
import type { SignInStore } from './sign-in-state.ts'

type Part<Name extends string, Value> = [Value] extends [undefined]
  ? { [Key in Name]?: never }
  : Record<never, never> extends Value
    ? { [Key in Name]?: Value }
    : { [Key in Name]: Value }

/** What a call of this route has to bring: params, query and body as the contract declares them. */
export type Ask<Route extends RouteSpec> = Part<'params', SentParamsOf<Route>> &
  Part<'query', SentQueryOf<Route>> &
  Part<'body', SentBodyOf<Route>> & { signal?: AbortSignal | undefined }

/** A route that asks for nothing is called without a second argument. */
export type AskArguments<Route extends RouteSpec> =
  Record<never, never> extends Ask<Route> ? [ask?: Ask<Route>] : [ask: Ask<Route>]

export type JsonRoute = RouteSpec & { response: z.ZodType }
type FileRoute = RouteSpec & { response: { download: readonly string[] } }
type StreamRoute = RouteSpec & { response: { stream: z.ZodType } }
type UploadRoute = JsonRoute & { file: { field: string; maxBytes: number; description: string } }

export type UploadAsk<Route extends UploadRoute> = Ask<Route> & {
  file: Blob
  fileName?: string | undefined
  /** From 0 to 1, as the bytes leave. */
  onProgress?: ((part: number) => void) | undefined
}

export type WatchAsk<Route extends StreamRoute> = {
  params: SentParamsOf<Route>
  /** The number of the last event that is already known. */
  after: number
  onEvent: (event: z.output<Route['response']['stream']>) => void
  onState: (state: StreamState) => void
}

/** The parts a request is made of, once the types have done their work. */
type LooseAsk = {
  params?: Record<string, unknown> | undefined
  query?: Record<string, unknown> | undefined
  body?: unknown
  signal?: AbortSignal | undefined
}

export type ClientDeps = {
  baseUrl: string
  signIn: SignInStore
  /** Runs one refresh at a time over all tabs of the browser: the cookie can be spent only once. */
  exclusively: <Result>(work: () => Promise<Result>) => Promise<Result>
  /** Calls back when the connection is likely to be good again; returns how to stop. */
  onWake: (listener: () => void) => () => void
}

const CALL_TIMEOUT_MS = 30_000

/** The one way to the server: typed by the contract, signed in silently, failing with `ApiFailure` only. */
export function createClient({ baseUrl, signIn, exclusively, onWake }: ClientDeps) {
  const http = axios.create({ baseURL: baseUrl, validateStatus: () => true })
  let refreshing: Promise<string> | null = null

  async function attempt(route: RouteSpec, ask: LooseAsk, extra: AxiosRequestConfig, token: string | null) {
    const config: AxiosRequestConfig = {
      method: route.method,
      url: fillPath(route.path, ask.params ?? {}),
      params: ask.query,
      data: ask.body,
      ...extra,
      headers: { ...extra.headers, ...(token === null ? {} : { Authorization: `Bearer ${token}` }) },
    }
    if (ask.signal !== undefined) config.signal = ask.signal
    const reply = await http.request<unknown>(config).catch((error: unknown) => {
      throw axios.isCancel(error) ? new ApiFailure('cancelled') : offline(error)
    })
    if (reply.status < 200 || reply.status > 299) throw await readFailure(reply.status, reply.data)
    return reply
  }

  async function send(route: RouteSpec, ask: LooseAsk, extra: AxiosRequestConfig = {}) {
    return withToken(route, (token) => attempt(route, ask, extra, token))
  }

  /** Does the work with the token that is good now, and once more with a new one should the server not take it. */
  async function withToken<Result>(route: RouteSpec, work: (token: string | null) => Promise<Result>): Promise<Result> {
    if (route.access === 'public') return work(null)
    const token = await freshToken()
    try {
      return await work(token)
    } catch (failure) {
      if (!isFailure(failure, 'not-signed-in', 'sign-in-ended')) throw failure
      signIn.spoil(token)
      return work(await freshToken())
    }
  }

  /** By `fetch`: XMLHttpRequest, which axios asks by, cannot hand over an answer piece by piece. */
  async function openStream(route: RouteSpec, ask: LooseAsk, lastId: string, token: string | null) {
    const url = http.getUri({ url: fillPath(route.path, ask.params ?? {}), params: ask.query })
    const headers = new Headers({ Accept: 'text/event-stream', 'Last-Event-ID': lastId })
    if (token !== null) headers.set('Authorization', `Bearer ${token}`)
    const reply = await fetch(url, { headers, signal: ask.signal ?? null }).catch((error: unknown) => {
      throw ask.signal?.aborted === true ? new ApiFailure('cancelled') : new ApiFailure('offline', {}, error)
    })
    if (!reply.ok || reply.body === null) throw await readFailure(reply.status, await reply.text())
    return reply.body
  }

  async function freshToken(): Promise<string> {
    const { kind } = signIn.current()
    if (kind === 'signed-out' || kind === 'ended') throw new ApiFailure('not-signed-in')
    return signIn.freshToken() ?? refreshOnce()
  }

  /** However many calls find the token spent, one refresh goes out and all wait for it. */
  function refreshOnce(): Promise<string> {
    refreshing ??= exclusively(() => spendRefreshCookie()).finally(() => {
      refreshing = null
    })
    return refreshing
  }

  async function spendRefreshCookie(isRepeat = false): Promise<string> {
    try {
      const reply = await attempt(refresh, {}, { timeout: CALL_TIMEOUT_MS }, null)
      return signedIn(reply).accessToken
    } catch (failure) {
      if (!isFailure(failure, 'not-signed-in', 'sign-in-ended')) throw failure
      // Another tab, without the Locks API, spent the cookie a moment ago: its new one is there by then.
      if (failure.retryAfterSeconds !== null && !isRepeat) {
        await new Promise((resolve) => setTimeout(resolve, Number(failure.retryAfterSeconds) * 1000))
        return spendRefreshCookie(true)
      }
      signIn.ended()
      throw failure
    }
  }

  function signedIn(reply: AxiosResponse<unknown>): SignedIn {
    const result = parse(SignedIn, reply.data)
    const sentAt = new Date(String(reply.headers.date))
    signIn.signedIn(result, Number.isNaN(sentAt.getTime()) ? new Date() : sentAt)
    return result
  }

  return {
    signIn,

    async call<Route extends JsonRoute>(route: Route, ...[ask]: AskArguments<Route>): Promise<ResultOf<Route>> {
      const reply = await send(route, (ask ?? {}) as LooseAsk, { timeout: CALL_TIMEOUT_MS })
      return parse(route.response, reply.data) as ResultOf<Route>
    },

    /** For the routes that answer `SignedIn`: from here on this page is that person's. */
    async enter<Route extends JsonRoute & { response: typeof SignedIn }>(route: Route, ...[ask]: AskArguments<Route>) {
      return signedIn(await send(route, (ask ?? {}) as LooseAsk, { timeout: CALL_TIMEOUT_MS }))
    },

    /** Asks anew who is signed in: what was changed about them, or about their institution, is shown at once. */
    async renew(): Promise<void> {
      await refreshOnce()
    },
    /** Signs in from the refresh cookie if there is one; true when somebody is signed in afterwards. */
    async resume(): Promise<boolean> {
      if (signIn.current().kind === 'unknown') {
        await refreshOnce().catch((failure: unknown) => {
          if (!isFailure(failure, 'not-signed-in', 'sign-in-ended')) throw failure
        })
      }
      return signIn.current().kind === 'signed-in'
    },

    async leave(): Promise<void> {
      await send(signOut, {}, { timeout: CALL_TIMEOUT_MS })
      signIn.signedOut()
    },

    async upload<Route extends UploadRoute>(route: Route, ask: UploadAsk<Route>): Promise<ResultOf<Route>> {
      const form = new FormData()
      for (const [name, value] of Object.entries((ask.body ?? {}) as Record<string, string>)) form.set(name, value)
      form.set(route.file.field, ask.file, ask.fileName ?? route.file.field)
      const reply = await send(route, { ...(ask as LooseAsk), body: form }, { onUploadProgress: progressOf(ask) })
      return parse(route.response, reply.data) as ResultOf<Route>
    },

    /** Fetches a file with the authorised request; `fileName` is the server's name for it. */
    async download<Route extends FileRoute>(
      route: Route,
      ...[ask]: AskArguments<Route>
    ): Promise<{ file: Blob; fileName: string }> {
      const reply = await send(route, (ask ?? {}) as LooseAsk, { responseType: 'blob' })
      if (!(reply.data instanceof Blob)) throw new ApiFailure('unreadable-reply')
      return { file: reply.data, fileName: nameIn(String(reply.headers['content-disposition'] ?? '')) }
    },

    /** Follows a stream of events and takes it up again where it broke off; returns how to stop. */
    watch<Route extends StreamRoute>(route: Route, { params, after, onEvent, onState }: WatchAsk<Route>): () => void {
      const stopped = new AbortController()
      // Only boards follow a stream: the phones of a class do not load the reader.
      void import('./event-stream.ts').then(({ followStream }) =>
        followStream({
          after: String(after),
          signal: stopped.signal,
          onWake,
          onState,
          onMessage: (data) => onEvent(parse(route.response.stream, JSON.parse(data)) as never),
          open(lastId, signal) {
            const ask = { params: (params ?? {}) as Record<string, unknown>, query: { after: lastId }, signal }
            return withToken(route, (token) => openStream(route, ask, lastId, token))
          },
        }),
      )
      return () => stopped.abort()
    },
  }
}

export type Client = ReturnType<typeof createClient>

function fillPath(path: string, params: Record<string, unknown>): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
}

function parse<Schema extends z.ZodType>(schema: Schema, data: unknown): z.output<Schema> {
  const result = schema.safeParse(data)
  if (!result.success) throw new ApiFailure('unreadable-reply', {}, result.error)
  return result.data
}

function offline(error: unknown): ApiFailure {
  return new ApiFailure('offline', {}, isAxiosError(error) ? error.code : error)
}

function progressOf({ onProgress }: { onProgress?: ((part: number) => void) | undefined }) {
  return ({ loaded, total }: { loaded: number; total?: number | undefined }) => {
    if (total !== undefined && total > 0) onProgress?.(Math.min(1, loaded / total))
  }
}

function nameIn(disposition: string): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  if (encoded !== undefined) return decodeURIComponent(encoded)
  return /filename="?([^";]+)"?/i.exec(disposition)?.[1] ?? 'download'
}
