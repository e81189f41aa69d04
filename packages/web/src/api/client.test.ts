import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getMe, listClasses, type Me, signIn as signInRoute, signOut, watchBoard } from '@app/contract'
import { afterEach, describe, expect, it } from 'vitest'
import { createClient } from './client.ts'
import type { StreamState } from './event-stream.ts'
import { createSignInState } from './sign-in-state.ts'

const me: Me = {
  personId: '018f0000-0000-7000-8000-000000000001',
  fullName: 'Asha Rao',
  email: 'asha@example.org',
  rollNo: null,
  roles: ['teacher'],
  institution: {
    id: '018f0000-0000-7000-8000-000000000002',
    name: 'College',
    timeZone: 'Asia/Kolkata',
    locale: 'en',
    weekStart: 1,
    isDemo: false,
  },
}
const SESSION = '018f0000-0000-7000-8000-000000000003'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

const running: Server[] = []
afterEach(async () => {
  for (const server of running.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

/** A server on a port of its own: `handlers` by `METHOD /path`; every request is written down. */
async function serve(handlers: Record<string, Handler>) {
  const asked: { key: string; headers: IncomingMessage['headers']; query: URLSearchParams }[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://local')
    const key = `${request.method} ${url.pathname}`
    asked.push({ key, headers: request.headers, query: url.searchParams })
    const handler = handlers[key]
    if (handler === undefined) fail(response, 404, 'not-found')
    else handler(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  running.push(server)
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    asked,
    count: (key: string) => asked.filter((one) => one.key === key).length,
  }
}

function answer(response: ServerResponse, body: unknown, status = 200) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function fail(response: ServerResponse, status: number, code: string, more: object = {}) {
  answer(response, { error: { code, requestId: 'r1', ...more } }, status)
}

/** Hands out tokens `token-1`, `token-2`, … and takes only the last. */
function tokenOffice(lifeMs = 900_000) {
  let issued = 0
  const issue = (response: ServerResponse) => {
    issued += 1
    answer(response, { accessToken: `token-${issued}`, expiresAt: new Date(Date.now() + lifeMs).toISOString(), me })
  }
  return {
    issue,
    guard:
      (handler: Handler): Handler =>
      (request, response) => {
        if (request.headers.authorization === `Bearer token-${issued}`) handler(request, response)
        else fail(response, 401, 'not-signed-in')
      },
    expire: () => {
      issued += 1
    },
  }
}

function connect(baseUrl: string, signIn = createSignInState()) {
  const wakes = new Set<() => void>()
  const client = createClient({
    baseUrl,
    signIn,
    exclusively: (work) => work(),
    onWake: (listener) => {
      wakes.add(listener)
      return () => void wakes.delete(listener)
    },
  })
  return {
    client,
    signIn,
    wake: () => {
      for (const listener of wakes) listener()
    },
  }
}

describe('silent refresh', () => {
  it('refreshes once however many calls find the token spent, and repeats them all', async () => {
    const office = tokenOffice()
    const server = await serve({
      'POST /api/refresh': (_, response) => setTimeout(() => office.issue(response), 30),
      'GET /api/me': office.guard((_, response) => answer(response, me)),
      'GET /api/classes': office.guard((_, response) => answer(response, { classes: [] })),
    })
    const { client } = connect(server.baseUrl)
    await client.resume()
    office.expire()

    const replies = await Promise.all([
      client.call(getMe),
      client.call(listClasses),
      client.call(getMe),
      client.call(getMe),
    ])

    expect(replies[1]).toEqual({ classes: [] })
    expect(server.count('POST /api/refresh')).toBe(2)
    expect(server.count('GET /api/me')).toBe(6)
  })

  it('refreshes before the end of the token, by a clock that no wrong date can fool', async () => {
    let monotonicMs = 0
    const office = tokenOffice(900_000)
    const server = await serve({
      'POST /api/refresh': (_, response) => office.issue(response),
      'GET /api/me': office.guard((_, response) => answer(response, me)),
    })
    const { client } = connect(
      server.baseUrl,
      createSignInState(() => monotonicMs),
    )
    await client.resume()
    monotonicMs = 830_000
    await client.call(getMe)
    expect(server.count('POST /api/refresh')).toBe(1)
    monotonicMs = 850_000
    await client.call(getMe)
    expect(server.count('POST /api/refresh')).toBe(2)
    expect(server.count('GET /api/me')).toBe(2)
  })

  it('ends the sign-in when the refresh is refused, and does not knock again', async () => {
    const office = tokenOffice()
    let isOver = false
    const server = await serve({
      'POST /api/refresh': (_, response) => (isOver ? fail(response, 401, 'sign-in-ended') : office.issue(response)),
      'GET /api/me': (_, response) => fail(response, 401, 'not-signed-in'),
    })
    const { client, signIn } = connect(server.baseUrl)
    await client.resume()
    isOver = true

    await expect(client.call(getMe)).rejects.toMatchObject({ code: 'sign-in-ended' })
    expect(signIn.current()).toEqual({ kind: 'ended', me })
    await expect(client.call(getMe)).rejects.toMatchObject({ code: 'not-signed-in' })
    expect(server.count('POST /api/refresh')).toBe(2)
  })

  it('tries once more when another tab has just spent the cookie', async () => {
    const office = tokenOffice()
    const server = await serve({
      'POST /api/refresh': (_, response) => {
        if (server.count('POST /api/refresh') > 1) office.issue(response)
        else fail(response, 401, 'not-signed-in', { retryAfterSeconds: 0 })
      },
    })
    const { client } = connect(server.baseUrl)
    expect(await client.resume()).toBe(true)
    expect(server.count('POST /api/refresh')).toBe(2)
  })

  it('stays signed in when the network fails during a refresh', async () => {
    const { client, signIn } = connect('http://127.0.0.1:9')
    await expect(client.resume()).rejects.toMatchObject({ code: 'offline' })
    expect(signIn.current().kind).toBe('unknown')
  })

  it('sends no token to the routes that anybody may call, and forgets it on signing out', async () => {
    const office = tokenOffice()
    const server = await serve({
      'POST /api/sign-in': (_, response) => office.issue(response),
      'POST /api/sign-out': (_, response) => answer(response, { done: true }),
    })
    const { client, signIn } = connect(server.baseUrl)
    await client.enter(signInRoute, { body: { identifier: 'asha', password: 'x' } })
    await client.leave()
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined])
    expect(signIn.current()).toEqual({ kind: 'signed-out' })
  })
})

describe('failures', () => {
  it('carry the code, the fields and the waiting time of the answer', async () => {
    const server = await serve({
      'POST /api/sign-out': (_, response) =>
        fail(response, 429, 'too-many-attempts', {
          retryAfterSeconds: 30,
          fields: [{ path: 'body.email', message: 'no' }],
        }),
    })
    const { client } = connect(server.baseUrl)
    await expect(client.call(signOut)).rejects.toMatchObject({
      code: 'too-many-attempts',
      status: 429,
      retryAfterSeconds: 30,
      fields: [{ path: 'body.email', message: 'no' }],
      requestId: 'r1',
    })
  })

  it('make sense of answers that are not ours', async () => {
    const server = await serve({
      'POST /api/sign-out': (_, response) => void response.writeHead(502).end('<h1>Bad gateway</h1>'),
      'POST /api/refresh': (_, response) => answer(response, { hello: 'there' }),
    })
    const { client } = connect(server.baseUrl)
    await expect(client.call(signOut)).rejects.toMatchObject({ code: 'database-unavailable', status: 502 })
    await expect(client.resume()).rejects.toMatchObject({ code: 'unreadable-reply' })
  })

  it('tell a cancelled call from a broken one', async () => {
    const server = await serve({ 'POST /api/sign-out': () => {} })
    const { client } = connect(server.baseUrl)
    const controller = new AbortController()
    const call = client.call(signOut, { signal: controller.signal })
    setTimeout(() => controller.abort(), 20)
    await expect(call).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('a followed stream', () => {
  const reload = (seq: number) => `id: ${seq}\ndata: ${JSON.stringify({ kind: 'reload', seq })}\n\n`

  it('is taken up again after the last event that was seen, with a fresh token', async () => {
    const office = tokenOffice()
    let connections = 0
    const server = await serve({
      'POST /api/refresh': (_, response) => office.issue(response),
      [`GET /api/sessions/${SESSION}/events`]: office.guard((request, response) => {
        connections += 1
        const after = Number(new URL(request.url ?? '', 'http://local').searchParams.get('after'))
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        if (connections === 1) {
          response.write(reload(after + 1) + reload(after + 2))
          office.expire()
          setTimeout(() => response.destroy(), 20)
        } else {
          response.write(reload(after + 1))
        }
      }),
    })
    const { client } = connect(server.baseUrl)
    const seen: number[] = []
    const states: StreamState[] = []

    await new Promise<void>((resolve) => {
      const stop = client.watch(watchBoard, {
        params: { sessionId: SESSION },
        after: 7,
        onState: (state) => states.push(state),
        onEvent: ({ seq }) => {
          seen.push(seq)
          if (seq === 10) {
            stop()
            resolve()
          }
        },
      })
    })

    expect(seen).toEqual([8, 9, 10])
    expect(states).toEqual(['connecting', 'open', 'waiting', 'connecting', 'open'])
    const streams = server.asked.filter(({ key }) => key.endsWith('/events'))
    expect(streams.map(({ query }) => query.get('after'))).toEqual(['7', '9', '9'])
    expect(streams.map(({ headers }) => headers['last-event-id'])).toEqual(['7', '9', '9'])
  })

  it('does not wait out its pause when the network is back', async () => {
    const office = tokenOffice()
    let isUp = false
    const server = await serve({
      'POST /api/refresh': (_, response) => office.issue(response),
      [`GET /api/sessions/${SESSION}/events`]: (_, response) => {
        if (!isUp) return fail(response, 503, 'database-unavailable')
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write(reload(1))
      },
    })
    const { client, wake } = connect(server.baseUrl)
    const states: StreamState[] = []
    await new Promise<void>((resolve) => {
      const stop = client.watch(watchBoard, {
        params: { sessionId: SESSION },
        after: 0,
        onState: (state) => {
          states.push(state)
          if (state !== 'waiting') return
          isUp = true
          setTimeout(wake)
        },
        onEvent: () => {
          stop()
          resolve()
        },
      })
    })
    expect(states).toEqual(['connecting', 'waiting', 'connecting', 'open'])
  })

  it('stops asking when the server says that it may not', async () => {
    const office = tokenOffice()
    const server = await serve({
      'POST /api/refresh': (_, response) => office.issue(response),
      [`GET /api/sessions/${SESSION}/events`]: (_, response) => fail(response, 403, 'not-allowed'),
    })
    const { client } = connect(server.baseUrl)
    const states: StreamState[] = []
    await new Promise<void>((resolve) => {
      client.watch(watchBoard, {
        params: { sessionId: SESSION },
        after: 0,
        onEvent: () => {},
        onState: (state) => {
          states.push(state)
          if (state === 'refused') resolve()
        },
      })
    })
    expect(states).toEqual(['connecting', 'refused'])
  })
})
