import { createParser } from 'eventsource-parser'
import { isFailure } from './failure.ts'

/** `waiting`: the connection broke and another try is coming. `refused`: no further try makes sense. */
export type StreamState = 'connecting' | 'open' | 'waiting' | 'refused'

export type FollowOptions = {
  after: string
  /** Aborted when the events are not wanted any more. */
  signal: AbortSignal
  open: (lastId: string, signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>
  onMessage: (data: string) => void
  onState: (state: StreamState) => void
  onWake: (listener: () => void) => () => void
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000
/** A stream that says nothing, not even a comment, for this long is taken for dead: a laptop that slept is not told. */
const SILENCE_MS = 60_000

/** Reads server-sent events for as long as wanted: breaks are waited out with back-off and jitter, and nothing is lost. */
export async function followStream({ after, signal: stopped, open, onMessage, onState, onWake }: FollowOptions) {
  let lastId = after
  let failures = 0
  let wake: () => void = () => {}
  let lastHeardMs = performance.now()
  const stopListening = onWake(() => wake())

  async function readOnce() {
    const connection = new AbortController()
    const signal = AbortSignal.any([stopped, connection.signal])
    const watchdog = setInterval(() => {
      if (performance.now() - lastHeardMs > SILENCE_MS) connection.abort()
    }, SILENCE_MS / 4)
    // Back from sleep or from a dead network: a quiet connection is not trusted for long.
    wake = () => {
      if (performance.now() - lastHeardMs > SILENCE_MS / 2) connection.abort()
    }
    try {
      lastHeardMs = performance.now()
      const stream = await open(lastId, signal)
      onState('open')
      await readAll(stream, signal)
    } finally {
      clearInterval(watchdog)
      connection.abort()
    }
  }

  async function readAll(stream: ReadableStream<Uint8Array>, signal: AbortSignal) {
    const parser = createParser({
      onEvent: ({ id, data }) => {
        onMessage(data)
        if (id !== undefined) lastId = id
        failures = 0
      },
    })
    const text = new TextDecoder()
    const reader = stream.getReader()
    signal.addEventListener('abort', () => void reader.cancel().catch(() => {}), { once: true })
    for (;;) {
      const { done, value } = await reader.read()
      if (done || stopped.aborted) return
      lastHeardMs = performance.now()
      parser.feed(text.decode(value, { stream: true }))
    }
  }

  async function follow() {
    while (!stopped.aborted) {
      onState('connecting')
      const error = await readOnce().then(
        () => null,
        (thrown: unknown) => thrown,
      )
      if (stopped.aborted) return
      if (isFailure(error, 'not-found', 'not-allowed', 'not-signed-in', 'sign-in-ended', 'unreadable-reply')) {
        onState('refused')
        return
      }
      onState('waiting')
      await pause(waitMs(failures))
      failures += 1
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
      stopped.addEventListener('abort', wake, { once: true })
    })
  }

  try {
    await follow()
  } finally {
    stopListening()
  }
}

/** Full jitter over the upper half: a lecture hall that lost its network does not come back in one instant. */
function waitMs(failures: number): number {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures)
  return longest / 2 + (Math.random() * longest) / 2
}
