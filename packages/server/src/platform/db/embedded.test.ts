import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, glob, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLog } from '../log.ts'
import { startEmbeddedPostgres } from './embedded.ts'

const log = createLog({ debug: false })
log.level = 'silent'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'embedded-'))
  await chmod(dir, 0o711)
})
afterAll(() => rm(dir, { recursive: true, force: true }))

async function query<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(sql).finally(() => client.end())
  return rows
}

/** A process that has ended but that nobody has asked about still has a pid; it runs no more. */
async function isRunning(pid: number): Promise<boolean> {
  if (process.platform === 'linux') {
    const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z')
    return !line.slice(line.lastIndexOf(')')).startsWith(') Z')
  }
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** A process that starts the database, says so, and waits to be killed. */
const START = `
  const { startEmbeddedPostgres } = await import(${JSON.stringify(path.join(import.meta.dirname, 'embedded.ts'))})
  const { createLog } = await import(${JSON.stringify(path.join(import.meta.dirname, '../log.ts'))})
  const log = createLog({ debug: false })
  log.level = 'silent'
  await startEmbeddedPostgres(process.argv[1], log)
  console.log('started')
  setInterval(() => undefined, 1000)
`

test('begins anew after the very first start was killed while it created the database', async () => {
  const other = await mkdtemp(path.join(tmpdir(), 'embedded-killed-'))
  await chmod(other, 0o711)
  // A process group of its own, so that its initdb is killed with it.
  const child = spawn(process.execPath, ['--input-type=module', '-e', START, other], {
    detached: true,
    stdio: 'ignore',
  })
  const exited = once(child, 'exit')
  for (let isBegun = false; !isBegun; await sleep(5))
    for await (const _ of glob('*/PG_VERSION', { cwd: other })) isBegun = true
  process.kill(-Number(child.pid), 'SIGKILL')
  await exited

  const { url, stop } = await startEmbeddedPostgres(other, log)
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
  expect((await readdir(other)).sort()).toEqual(['postgres', 'postgres.log', 'postgres.password'])
  await stop()
  await rm(other, { recursive: true, force: true })
}, 60_000)

// One story on one cluster, since creating one takes seconds.
describe('the embedded PostgreSQL', () => {
  test('keeps what was written over a stop, on the loopback interface, behind a password of its own', async () => {
    const first = await startEmbeddedPostgres(dir, log)
    await query(first.url, 'create table kept (value int); insert into kept values (42)')
    const [settings] = await query<{ listen: string; fsync: string }>(
      first.url,
      "select current_setting('listen_addresses') listen, current_setting('fsync') fsync",
    )
    expect(settings).toEqual({ listen: '127.0.0.1', fsync: 'on' })
    expect((await stat(path.join(dir, 'postgres.password'))).mode & 0o777).toBe(0o600)
    const wrong = new URL(first.url)
    wrong.password = 'postgres'
    await expect(query(wrong.href, 'select 1')).rejects.toThrow('password authentication failed')
    await Promise.all([first.stop(), first.stop()])

    const again = await startEmbeddedPostgres(dir, log)
    expect(await query(again.url, 'select value from kept')).toEqual([{ value: 42 }])
    await again.stop()
  }, 60_000)

  test('starts again after the server was killed and left the database running', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', START, dir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    const orphan = Number((await readFile(path.join(dir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0])
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await isRunning(orphan)).toBe(true)

    const { url, stop } = await startEmbeddedPostgres(dir, log)
    expect(await isRunning(orphan)).toBe(false)
    expect(await query(url, 'select value from kept')).toEqual([{ value: 42 }])
    await stop()
  }, 60_000)

  test.runIf(process.platform === 'linux')(
    'starts although a stale pid file names a living process',
    async () => {
      // A sleeper of the database's own user: for any other PostgreSQL itself would see that the file is stale.
      const { uid, gid } = await stat(path.join(dir, 'postgres'))
      const sleeper = spawn('sleep', ['60'], { uid, gid, stdio: 'ignore' })
      await writeFile(path.join(dir, 'postgres/postmaster.pid'), `${sleeper.pid}\n${dir}/postgres\n`)
      const { url, stop } = await startEmbeddedPostgres(dir, log)
      expect(await query(url, 'select value from kept')).toEqual([{ value: 42 }])
      await stop()
      expect(await isRunning(Number(sleeper.pid))).toBe(true)
      sleeper.kill()
    },
    60_000,
  )

  test('says what PostgreSQL said when it does not start', async () => {
    await expect(startEmbeddedPostgres(dir, log, { shared_buffers: 'plenty' })).rejects.toThrow(
      /It said:\n.*shared_buffers/s,
    )
  }, 60_000)
})
