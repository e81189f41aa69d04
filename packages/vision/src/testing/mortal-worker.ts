import { setTimeout as sleep } from 'node:timers/promises'
import type { WorkerAnswer, WorkerTask } from '../vision-pool.ts'

/** A worker that reads nothing: it dies when the frames begin at 13 ms, and otherwise answers after a moment. */
export default async function work(task: WorkerTask): Promise<WorkerAnswer> {
  if (task.kind === 'warm-up') return { kind: 'ready' }
  if (task.kind === 'photo') return { kind: 'photo', evidence: { kind: 'unusable', because: 'no-face' } }
  if (task.request.frames[0]?.atMs === 13) process.exit(1)
  await sleep(80)
  return { kind: 'evidence', evidence: { kind: 'unusable', because: 'no-face', light: 'dim' } }
}
