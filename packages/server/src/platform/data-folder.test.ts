import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type DataFolder, DataFolderInUse, holdDataFolder, keepSecret } from './data-folder.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'data-folder-'))
})
afterEach(() => rm(dir, { recursive: true }))

const locks = async (): Promise<string[]> => (await readdir(dir)).filter((name) => name.includes('.lock'))

/** A process that holds the folder, says so, and lives until its input closes. */
const HOLD = `
  const { holdDataFolder } = await import(${JSON.stringify(path.join(import.meta.dirname, 'data-folder.ts'))})
  try { await holdDataFolder(process.argv[1]); console.log('held') } catch (error) { console.log(error.name) }
  process.stdin.resume().on('end', () => process.exit())
`
async function startHolder() {
  const child = spawn(process.execPath, ['--input-type=module', '-e', HOLD, dir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout, 'data')
  return { child, said: String(line).trim() }
}

async function kill({ child }: Awaited<ReturnType<typeof startHolder>>): Promise<void> {
  if (child.exitCode !== null || child.signalCode) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

async function refusal(): Promise<DataFolderInUse> {
  const error = await holdDataFolder(dir).catch((reason: unknown) => reason)
  if (error instanceof DataFolderInUse) return error
  throw new Error('the folder was not refused')
}

const aLockBy = (holder: object) =>
  writeFile(
    path.join(dir, 'server-4.lock'),
    JSON.stringify({ pid: process.pid, host: 'elsewhere', incarnation: '', startedAt: 'then', address: '', ...holder }),
  )

describe('the data folder', () => {
  test('is held by one, and the second start is told by whom', async () => {
    const folder = await holdDataFolder(dir)
    expect((await refusal()).message).toContain(`in use by process ${process.pid}`)
    await folder.announce('http://127.0.0.1:3000')
    expect((await refusal()).message).toMatch(/started at 20.+, serving http:\/\/127.0.0.1:3000/)
    await folder.release()
    expect(await locks()).toEqual([])
  })

  test('is free again after a process that died without a word', async () => {
    const holder = await startHolder()
    expect(holder.said).toBe('held')
    expect((await refusal()).holder.pid).toBe(holder.child.pid)
    await kill(holder)
    const folder = await holdDataFolder(dir)
    expect(await locks()).toEqual(['server-2.lock'])
    await folder.release()
  })

  test.runIf(process.platform === 'linux')('is free when the pid now belongs to another process', async () => {
    const { hostname } = await import('node:os')
    await aLockBy({ host: hostname(), incarnation: 'another boot/1' })
    await (await holdDataFolder(dir)).release()
  })

  test('is held by another machine as long as that touches its lock', async () => {
    await aLockBy({})
    expect((await refusal()).message).toContain('on elsewhere')
    await utimes(path.join(dir, 'server-4.lock'), 0, 0)
    await (await holdDataFolder(dir)).release()
  })

  test('is never won by two of several starts that find the same stale lock', async () => {
    for (let round = 0; round < 3; round++) {
      await aLockBy({})
      await utimes(path.join(dir, 'server-4.lock'), 0, 0)
      const starts = await Promise.all(Array.from({ length: 4 }, startHolder))
      expect(starts.map(({ said }) => said).sort()).toEqual([
        ...Array.from({ length: 3 }, () => 'DataFolderInUse'),
        'held',
      ])
      await Promise.all(starts.map(kill))
    }
  }, 30_000)

  test('is won by one of many starts within one process', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => holdDataFolder(dir)))
    const won = outcomes.filter(
      (outcome): outcome is PromiseFulfilledResult<DataFolder> => outcome.status === 'fulfilled',
    )
    expect(won).toHaveLength(1)
    await won[0]?.value.release()
    expect(await locks()).toEqual([])
  })
})

describe('a kept secret', () => {
  test('is made once, the same for all who ask at once, and readable by its owner only', async () => {
    let made = 0
    const ask = () => keepSecret(dir, 'secret.key', () => `secret ${made++}`)
    const answers = await Promise.all([ask(), ask(), ask()])
    expect(new Set([...answers, await ask()]).size).toBe(1)
    expect((await stat(path.join(dir, 'secret.key'))).mode & 0o777).toBe(0o600)
    expect(await readFile(path.join(dir, 'secret.key'), 'utf8')).toBe(`${answers[0]}\n`)
  })

  test('that was emptied is not silently replaced', async () => {
    await writeFile(path.join(dir, 'secret.key'), '')
    await expect(keepSecret(dir, 'secret.key', () => 'new')).rejects.toThrow('restore it')
  })
})
