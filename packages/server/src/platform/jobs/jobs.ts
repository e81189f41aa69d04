import { PgBoss } from 'pg-boss'

/** Work that outlives a request: kept in PostgreSQL, tried again when it fails. Payloads hold ids, never secrets. */
export type Jobs = {
  /** Queues `payloads`; call it after the commit of what they refer to. */
  add(queue: string, payloads: readonly object[]): Promise<void>
  /** Runs `handle` for each job of a queue, one at a time; a throw means another try later. It looks every two seconds, or as often as is said. */
  work(queue: string, handle: (payload: unknown) => Promise<void>, everySeconds?: number): Promise<void>
  /** Runs `handle` every minute, on one server process only. */
  everyMinute(queue: string, handle: () => Promise<void>): Promise<void>
  /** How many wait for their turn (or their next try), and how many were given up. */
  count(): Promise<{ waiting: number; failed: number }>
  close(): Promise<void>
}

const RETRIES = { retryLimit: 5, retryDelay: 30, retryBackoff: true, expireInSeconds: 300 }

/** @param url of the database's owner: pg-boss keeps its own schema */
export async function startJobs(url: string, log: { error(details: object, text: string): void }): Promise<Jobs> {
  const boss = new PgBoss({ connectionString: url, max: 2 })
  boss.on('error', (error) => log.error({ err: error }, 'job queue'))
  await boss.start()
  const queues = new Set<string>()
  async function need(queue: string) {
    if (queues.has(queue)) return
    await boss.createQueue(queue, RETRIES)
    queues.add(queue)
  }
  return {
    async add(queue, payloads) {
      if (payloads.length === 0) return
      await need(queue)
      await boss.insert(
        queue,
        payloads.map((data) => ({ data })),
      )
    },
    async work(queue, handle, everySeconds = 2) {
      await need(queue)
      await boss.work(queue, { pollingIntervalSeconds: everySeconds }, async (jobs) => {
        for (const job of jobs) await handle(job.data)
      })
    },
    async everyMinute(queue, handle) {
      await need(queue)
      await boss.schedule(queue, '* * * * *')
      await boss.work(queue, { pollingIntervalSeconds: 5 }, handle)
    },
    async count() {
      const all = await boss.getQueues()
      const sum = (of: (queue: (typeof all)[number]) => number) => all.reduce((total, queue) => total + of(queue), 0)
      return { waiting: sum(({ queuedCount }) => queuedCount), failed: sum(({ failedCount }) => failedCount) }
    },
    close: () => boss.stop({ graceful: true, timeout: 5_000 }),
  }
}
