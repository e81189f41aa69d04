import { ROUTES } from '@app/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OPENAPI_PATH } from './openapi-document.ts'
import { ACCESS } from './testing/access-table.ts'
import { ACTORS, type AccessWorld, type ActorName, anAccessWorld } from './testing/access-world.ts'
import { createTestApp, type TestApp, type TestAsk } from './testing/app.ts'

/** What is served outside the contract; everybody may read it. */
const OPEN_PATHS = [OPENAPI_PATH]

let app: TestApp
let world: AccessWorld
beforeAll(async () => {
  app = await createTestApp()
  world = await anAccessWorld(app)
})
afterAll(() => app?.close())

test('has a row for every route of the contract, and for no other', () => {
  expect(Object.keys(ACCESS).sort()).toEqual([...ROUTES.keys()].sort())
})

test('serves every route of the contract', () => {
  const missing = [...ROUTES].filter(([, { method, path }]) => !app.app.hasRoute({ method, url: path }))
  expect(missing.map(([name]) => name)).toEqual([])
})

describe.each([...ROUTES])('%s', (name, route) => {
  test.each(ACTORS)('for %s', async (actor) => {
    const row = ACCESS[name]
    const ask = (await row?.ask?.(world, actor)) ?? {}
    expect(await outcomeOf(route, actor, ask)).toBe(row?.expected[actor])
  })
})

async function outcomeOf(route: Parameters<TestApp['call']>[0], actor: ActorName, ask: object): Promise<string> {
  const as = actor === 'nobody' ? undefined : world.actors[actor]
  if ('stream' in route.response) return outcomeOfStream(route.path, as?.token, ask)
  const reply = await app.call(route, { ...ask, as } as TestAsk<typeof route>)
  return reply.status === 200 ? 'ok' : (reply.error ?? `status ${reply.status}`)
}

/** A stream answers its head and stays open; whoever is refused gets an ordinary error. */
async function outcomeOfStream(path: string, token: string | undefined, ask: { params?: { sessionId?: string } }) {
  const reply = await app.app.inject({
    url: path.replace(':sessionId', ask.params?.sessionId ?? ''),
    headers: token ? { authorization: `Bearer ${token}` } : {},
    payloadAsStream: true,
  })
  if (reply.statusCode === 200) {
    expect(reply.headers['x-content-type-options']).toBe('nosniff')
    expect(reply.headers['cache-control']).toBe('no-store')
    reply.stream().destroy()
    return 'ok'
  }
  const parts: Buffer[] = []
  for await (const part of reply.stream()) parts.push(part)
  return JSON.parse(Buffer.concat(parts).toString()).error.code
}

test('serves nothing under /api beside the contract', async () => {
  const known = new Set([...ROUTES.values()].map(({ path }) => path))
  const served = pathsOf(app.app.printRoutes()).filter((path) => path.startsWith('/api'))
  expect(served.length).toBeGreaterThan(30)
  expect(served.filter((path) => !known.has(path as `/api/${string}`) && !OPEN_PATHS.includes(path ?? ''))).toEqual([])
  const unknown = await app.app.inject({ url: '/api/no-such-thing' })
  expect([unknown.statusCode, unknown.json().error.code]).toEqual([404, 'not-found'])
})

/** The paths of a printed tree of routes, in which each line adds a piece to the line above it. */
function pathsOf(tree: string): string[] {
  const pieces: string[] = []
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', piece = '', methods] = /^([│├└─ ]*)(\S+)( \(.+\))?$/.exec(line) ?? []
    pieces.splice(indent.length / 4 - 1, Number.POSITIVE_INFINITY, piece)
    return methods ? [pieces.join('')] : []
  })
}
