import { Client } from 'pg'
import { SESSION_EVENTS_CHANNEL } from './session-events.ts'

/** Tells who watches a session that there is news; what the news is, they read from the database. */
export type LiveHub = {
  /** Calls `onNews` after every commit that appended an event to the session, and once after a lost connection came back. */
  watch(sessionId: string, onNews: () => void): () => void
  close(): Promise<void>
}

const RETRY_MS = [100, 500, 2_000, 5_000]

/** One listening connection for the whole process, made again when it breaks. */
export async function createLiveHub(url: string, log: { warn(details: object, text: string): void }): Promise<LiveHub> {
  const watchers = new Map<string, Set<() => void>>()
  let client: Client | null = null
  let isClosed = false
  let retryTimer: NodeJS.Timeout | undefined

  const tell = (sessionId: string) => {
    for (const onNews of watchers.get(sessionId) ?? []) onNews()
  }

  async function connect(): Promise<void> {
    const next = new Client({ connectionString: url, keepAlive: true, keepAliveInitialDelayMillis: 10_000 })
    next.on('notification', ({ payload }) => payload && tell(payload))
    next.on('error', (error) => log.warn({ err: error }, 'live connection lost'))
    next.on('end', () => {
      if (client === next && !isClosed) retry(0)
    })
    await next.connect()
    await next.query(`listen ${SESSION_EVENTS_CHANNEL}`)
    client = next
    if (isClosed) await next.end()
  }

  function retry(attempt: number): void {
    const wait = RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]
    retryTimer = setTimeout(() => {
      connect().then(
        () => {
          for (const sessionId of watchers.keys()) tell(sessionId)
        },
        () => {
          if (!isClosed) retry(attempt + 1)
        },
      )
    }, wait)
  }

  await connect()
  return {
    watch(sessionId, onNews) {
      const existing = watchers.get(sessionId) ?? new Set()
      watchers.set(sessionId, existing.add(onNews))
      return () => {
        existing.delete(onNews)
        if (existing.size === 0 && watchers.get(sessionId) === existing) watchers.delete(sessionId)
      }
    },
    async close() {
      isClosed = true
      clearTimeout(retryTimer)
      await client?.end()
    },
  }
}
