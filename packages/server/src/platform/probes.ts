import { statfs } from 'node:fs/promises'

/** How the parts are that no use case holds: asked by whoever looks after the installation. */
export type Probes = {
  /** Of this program. */
  version: string
  startedAt: Date
  vision(): { workers: number; waiting: number }
  /** Null where the file system does not say. */
  disk(): Promise<{ freeBytes: number; totalBytes: number } | null>
}

/** The file system that holds `folder`: what a program without privileges may still write, and its size. */
export async function readDiskSpace(folder: string): ReturnType<Probes['disk']> {
  try {
    const { bsize, bavail, blocks } = await statfs(folder)
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
  } catch {
    return null
  }
}

/** Resolves to `otherwise` when `answer` fails or takes longer: what hangs is as good as down. */
export async function within<Answer>(ms: number, answer: Promise<Answer>, otherwise: Answer): Promise<Answer> {
  const { promise: late, resolve } = Promise.withResolvers<Answer>()
  const timer = setTimeout(() => resolve(otherwise), ms)
  return Promise.race([answer.catch(() => otherwise), late]).finally(() => clearTimeout(timer))
}
