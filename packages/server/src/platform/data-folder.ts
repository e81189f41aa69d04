import { link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { z } from 'zod'

const LOCK_FILE = /^server-(\d+)[.]lock$/
/** A holder on another machine (a shared disk, a container) proves that it lives by touching its lock. */
const HEARTBEAT_MS = 10_000
const SILENCE_MS = 45_000

const Holder = z.object({
  pid: z.number(),
  host: z.string(),
  /** Boot and start tick of the process, where the system tells: a reused pid has another. */
  incarnation: z.string(),
  startedAt: z.string(),
  address: z.string(),
})
/** Who holds a data folder. `address` is empty until the server listens. */
export type Holder = z.infer<typeof Holder>

/** A running server already holds the folder; the message says which. */
export class DataFolderInUse extends Error {
  readonly holder: Holder
  constructor(dir: string, holder: Holder) {
    const serving = holder.address ? `serving ${holder.address}` : 'still starting'
    super(
      `The data folder ${dir} is in use by process ${holder.pid} on ${holder.host}, started at ${holder.startedAt}, ` +
        `${serving}. Stop it first, or set DATA_DIR to another folder.`,
    )
    this.name = 'DataFolderInUse'
    this.holder = holder
  }
}

/** The folder, held by this process until `release`. */
export type DataFolder = {
  path: string
  /** Tells a second start where this one serves. */
  announce(address: string): Promise<void>
  release(): Promise<void>
}

const ENDED = 'ended'

/** What tells this process from a later one with the same pid; empty where the system has no /proc. */
async function incarnationOf(pid: number): Promise<string> {
  try {
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
    const line = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The command in brackets may hold spaces; the start tick is the 22nd field, the 20th after it.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
    // A zombie: ended, but its parent has not asked. In a container without an init it stays so for ever.
    return fields[0] === 'Z' ? ENDED : `${boot}/${fields[19]}`
  } catch {
    return ''
  }
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function isAlive(file: string, holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) {
    const { mtimeMs } = await stat(file)
    return Date.now() - mtimeMs < SILENCE_MS
  }
  if (!processExists(holder.pid)) return false
  const incarnation = await incarnationOf(holder.pid)
  return !holder.incarnation || !incarnation || holder.incarnation === incarnation
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return Holder.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    // Gone meanwhile, or no lock of ours: locks appear complete or not at all.
    return undefined
  }
}

type Locks = { highest: number; stale: string[]; living: Holder | undefined }

async function surveyLocks(dir: string, own: string): Promise<Locks> {
  const locks: Locks = { highest: 0, stale: [], living: undefined }
  for (const name of await readdir(dir)) {
    const number = LOCK_FILE.exec(name)?.[1]
    if (!number || name === own) continue
    locks.highest = Math.max(locks.highest, Number(number))
    const file = path.join(dir, name)
    const holder = await readHolder(file)
    const living = holder && (await isAlive(file, holder).catch(() => false))
    if (living) locks.living = holder
    else locks.stale.push(file)
  }
  return locks
}

/** Creates a file complete or not at all, and only if it is not there. */
async function createWhole(file: string, text: string): Promise<boolean> {
  const draft = `${file}.${process.pid}.${crypto.randomUUID()}`
  await writeFile(draft, text, { mode: 0o600, flag: 'wx' })
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft)
  }
}

/**
 * Takes the folder for this process, creating it if needed.
 *
 * Locks are numbered and a stale one is taken over by creating the next number, which only one start can;
 * after that each looks around once more and yields to any other living lock. Of two holders the later to create its
 * lock would have seen the earlier's, so two never hold; removing a stale file and creating a new one of the same name
 * gives no such promise.
 * @throws DataFolderInUse
 */
export async function holdDataFolder(dir: string): Promise<DataFolder> {
  // Others may pass through, not look around: the embedded database runs as a user of its own.
  await mkdir(dir, { recursive: true, mode: 0o711 })
  const holder: Holder = {
    pid: process.pid,
    host: hostname(),
    incarnation: await incarnationOf(process.pid),
    startedAt: new Date().toISOString(),
    address: '',
  }
  const { name, file, stale } = await createLock(dir, holder)
  const { living } = await surveyLocks(dir, name)
  if (living) {
    await rm(file, { force: true })
    throw new DataFolderInUse(dir, living)
  }
  for (const leftover of stale) await rm(leftover, { force: true })
  return keepLock(dir, file, holder)
}

async function createLock(dir: string, holder: Holder): Promise<{ name: string; file: string; stale: string[] }> {
  for (;;) {
    const { highest, stale, living } = await surveyLocks(dir, '')
    if (living) throw new DataFolderInUse(dir, living)
    const name = `server-${highest + 1}.lock`
    const file = path.join(dir, name)
    if (await createWhole(file, JSON.stringify(holder))) return { name, file, stale }
  }
}

function keepLock(dir: string, file: string, holder: Holder): DataFolder {
  const write = async (address: string): Promise<void> => {
    holder.address = address
    await writeFile(`${file}.new`, JSON.stringify(holder), { mode: 0o600 })
    await rename(`${file}.new`, file)
  }
  let writing = Promise.resolve()
  const next = (address: string): Promise<void> => {
    writing = writing.catch(() => undefined).then(() => write(address))
    return writing
  }
  const heartbeat = setInterval(() => void next(holder.address).catch(() => undefined), HEARTBEAT_MS).unref()
  return {
    path: dir,
    announce: next,
    async release() {
      clearInterval(heartbeat)
      await writing.catch(() => undefined)
      await rm(file, { force: true })
    },
  }
}

/**
 * A secret of this installation: read from `file` in the folder, or made by `create` the first time (mode 0600).
 * Two starts at once get the same one.
 */
export async function keepSecret(dir: string, name: string, create: () => string): Promise<string> {
  const file = path.join(dir, name)
  await mkdir(dir, { recursive: true, mode: 0o711 })
  const existing = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (existing !== undefined) {
    if (!existing.trim()) throw new Error(`${file} is empty: restore it from a backup.`)
    return existing.trim()
  }
  await createWhole(file, `${create()}\n`)
  return (await readFile(file, 'utf8')).trim()
}
