import type { getBoard as getBoardRoute, LiveEvent, ResultOf, Tile } from '@app/contract'
import type { Database, Tx } from '../../platform/db/open.ts'
import type { Actor } from '../../platform/http/actor.ts'
import type { LiveHub } from '../../platform/live/live-hub.ts'
import { listSessionEventsAfter } from '../../platform/live/session-events.ts'
import { viewConflicts, viewGuests } from '../marks/index.ts'
import { requireManagesClass } from '../roster/index.ts'
import {
  findLock,
  getExistingSession,
  listTiles,
  type Session,
  settleSession,
  toSessionView,
} from '../sessions/index.ts'

export type LiveBoardDeps = { db: Database; live: LiveHub; now: () => Date }

async function getWatchedSession(tx: Tx, actor: Actor, sessionId: string): Promise<Session> {
  const session = await getExistingSession(tx, sessionId)
  await requireManagesClass(tx, actor, session.classId)
  return session
}

/** Every student with their mark. `seq` is read first: an event that comes in between is told again, never lost. */
export async function getBoard(
  { db, now }: LiveBoardDeps,
  { actor, sessionId }: { actor: Actor; sessionId: string },
): Promise<ResultOf<typeof getBoardRoute>> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    const at = now()
    const seen = await settleSession(tx, await getWatchedSession(tx, actor, sessionId), at)
    const session = await getExistingSession(tx, seen.id)
    const tiles: Tile[] = await listTiles(tx, session, at)
    const { isLocked, unlockedUntil } = await findLock(tx, session, at)
    return {
      session: toSessionView(session, at),
      seq: session.seq,
      tiles,
      guests: await viewGuests(tx, session.id),
      conflicts: await viewConflicts(tx, session.id),
      marksLocked: isLocked,
      unlockedUntil: unlockedUntil !== null && at < unlockedUntil ? unlockedUntil.toISOString() : null,
    }
  })
}

/** Where the events go: what the platform's stream is to this use case. */
export type Watcher = { open(): void; send(event: LiveEvent): Promise<void>; closed: AbortSignal }

/** Events read at once; more follow as soon as these are taken. */
const BATCH = 100

/**
 * Sends the events of a session after number `after` (null: from now on), in order and without gaps, until the watcher
 * has gone, the access token has run out, or the actor may no longer watch. Whoever comes back is asked anew.
 */
export async function watchBoard(
  { db, live, now }: LiveBoardDeps,
  { actor, sessionId, after }: { actor: Actor; sessionId: string; after: number | null },
  watcher: Watcher,
): Promise<void> {
  const read = <Result>(work: (tx: Tx, session: Session) => Promise<Result>) =>
    db.inInstitution(actor.institutionId, async (tx) => work(tx, await getWatchedSession(tx, actor, sessionId)))
  await read(async () => undefined)
  const until = AbortSignal.any([
    watcher.closed,
    AbortSignal.timeout(Math.max(0, actor.validUntil.getTime() - now().getTime())),
  ])
  // Listening comes before the first reading, so that nothing falls between the two.
  const news = listen(live, sessionId, until)
  try {
    const { seq } = await read(async (_, session) => session)
    watcher.open()
    let last = after ?? seq
    if (last > seq) {
      // A number from another life of this database: what the watcher has is worth nothing.
      last = seq
      await watcher.send({ kind: 'reload', seq })
    }
    while (!until.aborted) {
      const events = await read((tx) => listSessionEventsAfter(tx, sessionId, last, BATCH))
      for (const event of events) {
        if (until.aborted) return
        await watcher.send(event)
        last = event.seq
      }
      if (events.length < BATCH) await news.next()
    }
  } finally {
    news.stop()
  }
}

/** `next` resolves when there was news since it was last asked, or when `until` aborts. */
function listen(live: LiveHub, sessionId: string, until: AbortSignal) {
  let hasNews = false
  let wake: () => void = () => undefined
  const tell = () => {
    hasNews = true
    wake()
  }
  const stop = live.watch(sessionId, tell)
  until.addEventListener('abort', tell)
  return {
    stop,
    async next() {
      if (!hasNews && !until.aborted)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      hasNews = false
    },
  }
}
