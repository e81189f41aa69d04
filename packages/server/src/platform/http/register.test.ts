import { once } from 'node:events'
import { get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { watchBoard } from '@app/contract'
import fastify from 'fastify'
import { expect, test } from 'vitest'
import type { Actor } from './actor.ts'
import { createRegister } from './register.ts'

const teacher: Actor = {
  institutionId: crypto.randomUUID(),
  personId: crypto.randomUUID(),
  loginId: crypto.randomUUID(),
  roles: new Set(['teacher']),
  validUntil: new Date(8.64e15),
}

/** A server with one stream, whose watcher is known only when the test says so. */
async function aStreamWithASlowAnswer() {
  const asked = Promise.withResolvers<void>()
  const known = Promise.withResolvers<Actor>()
  const watched = Promise.withResolvers<AbortSignal>()
  const app = fastify()
  const register = createRegister(app, () => {
    asked.resolve()
    return known.promise
  })
  register.stream(watchBoard, async (_, stream) => {
    watched.resolve(stream.closed)
    stream.open()
    if (!stream.closed.aborted) await once(stream.closed, 'abort')
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const client = get({
    port,
    path: `/api/sessions/${crypto.randomUUID()}/events`,
    headers: { authorization: 'Bearer x' },
  })
  client.on('error', () => undefined)
  const [socket] = await once(app.server, 'connection')
  await asked.promise
  return { app, client, socket, known, watched: watched.promise }
}

test('a watcher who has gone before the stream began is gone', async () => {
  const { app, client, socket, known, watched } = await aStreamWithASlowAnswer()
  const gone = once(socket, 'close')
  client.destroy()
  await gone
  known.resolve(teacher)
  expect((await watched).aborted).toBe(true)
  await app.close()
})

test('a stream that begins while the server stops does not keep it', async () => {
  const { app, known, watched } = await aStreamWithASlowAnswer()
  const closing = app.close()
  await new Promise((resolve) => setImmediate(resolve))
  known.resolve(teacher)
  expect((await watched).aborted).toBe(true)
  await closing
})
