import { ApiError, LiveEvent } from '@app/contract'
import type { Caller } from './app.ts'

/** A board's stream as a browser would read it. */
export type EventReader = {
  status: number
  contentType: string
  /** Of an answer that is no stream. */
  error: string | undefined
  events: LiveEvent[]
  /** Resolves when `count` events have come; rejects when the stream ends before. */
  until(count: number): Promise<LiveEvent[]>
  /** Resolves when the server has ended the stream, or the reader has. */
  ended: Promise<void>
  close(): void
}

/** @param address of a listening server, e.g. `http://127.0.0.1:40000` */
export async function readEvents(
  address: string,
  watched: { as: Caller; sessionId: string; after?: number; lastEventId?: number },
): Promise<EventReader> {
  const leaving = new AbortController()
  const query = watched.after === undefined ? '' : `?after=${watched.after}`
  const response = await fetch(`${address}/api/sessions/${watched.sessionId}/events${query}`, {
    signal: leaving.signal,
    headers: {
      authorization: `Bearer ${watched.as.token}`,
      ...(watched.lastEventId === undefined ? {} : { 'last-event-id': String(watched.lastEventId) }),
    },
  })
  const contentType = response.headers.get('content-type') ?? ''
  const events: LiveEvent[] = []
  let isOver = false
  let tell: () => void = () => undefined
  const isStream = contentType.startsWith('text/event-stream')
  const error = isStream ? undefined : ApiError.parse(await response.json()).error.code
  const ended = (
    isStream
      ? takeAll(response, (event) => {
          events.push(event)
          tell()
        })
      : Promise.resolve()
  ).finally(() => {
    isOver = true
    tell()
  })
  return {
    status: response.status,
    contentType,
    error,
    events,
    ended,
    close: () => leaving.abort(),
    until: (count) =>
      new Promise((resolve, reject) => {
        tell = () => {
          if (events.length >= count) resolve(events)
          else if (isOver) reject(new Error(`the stream ended after ${events.length} of ${count} events`))
        }
        tell()
      }),
  }
}

async function takeAll(response: Response, onEvent: (event: LiveEvent) => void): Promise<void> {
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for await (const chunk of response.body ?? []) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1]
        if (data !== undefined) onEvent(readEvent(block, data))
      }
    }
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error
  }
}

/** The block's own `id` and `event` must say what its data says. */
function readEvent(block: string, data: string): LiveEvent {
  const event = LiveEvent.parse(JSON.parse(data))
  if (!block.includes(`id: ${event.seq}\n`) || !block.includes(`event: ${event.kind}\n`))
    throw new Error(`the block does not name its event: ${block}`)
  return event
}
