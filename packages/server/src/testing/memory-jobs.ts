import type { Jobs } from '../platform/jobs/jobs.ts'

/** A queue in memory: jobs lie in `queued` until `runAll` hands them to whoever works on their queue. */
export type MemoryJobs = Jobs & {
  queued: { queue: string; payload: object }[]
  /** Runs what is queued, and once what is to be done every minute; a throw of a job comes out of here. */
  runAll(): Promise<void>
}

export function createMemoryJobs(): MemoryJobs {
  const handlers = new Map<string, (payload: unknown) => Promise<void>>()
  const minutely: (() => Promise<void>)[] = []
  const queued: MemoryJobs['queued'] = []
  return {
    queued,
    async add(queue, payloads) {
      // As over a real queue, what arrives is JSON.
      for (const payload of payloads) queued.push({ queue, payload: JSON.parse(JSON.stringify(payload)) })
    },
    async work(queue, handle) {
      handlers.set(queue, handle)
    },
    async everyMinute(_queue, handle) {
      minutely.push(handle)
    },
    async runAll() {
      for (const { queue, payload } of queued.splice(0)) await handlers.get(queue)?.(payload)
      for (const handle of minutely) await handle()
    },
    async count() {
      return { waiting: queued.length, failed: 0 }
    },
    async close() {},
  }
}
