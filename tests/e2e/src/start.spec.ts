import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { startServer, UNSET } from './server.ts'

const START = path.resolve(import.meta.dirname, '../../../scripts/start.ts')

let dataDir: string
test.beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'attendance-start-'))
  await chmod(dataDir, 0o711)
})
test.afterEach(() => rm(dataDir, { recursive: true, force: true }))

type Started = { child: ChildProcess; said: () => string; ended: Promise<number | null> }

function start(args: string[], environment: Record<string, string> = {}): Started {
  const child = spawn(process.execPath, [START, '--port', '0', ...args], {
    env: { ...process.env, ...UNSET, DATA_DIR: dataDir, HOST: '127.0.0.1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const listen = (chunk: Buffer): void => {
    said += chunk.toString()
  }
  child.stdout?.on('data', listen)
  child.stderr?.on('data', listen)
  return { child, said: () => said, ended: once(child, 'exit').then(([code]) => code) }
}

const untilReady = ({ said }: Started) => expect.poll(said, { timeout: 60_000 }).toContain('Ctrl-C stops it')

test('a first start prints a set-up link, a second one who holds the data, and Ctrl-C leaves nothing running', async () => {
  const first = start([])
  await untilReady(first)
  expect(first.said()).toMatch(/https?:\/\/localhost:\d+\/set-up#\S{20,}/)

  const second = start([])
  expect(await second.ended).toBe(1)
  expect(second.said()).toMatch(new RegExp(`in use by process ${first.child.pid} .*, serving http://localhost:\\d+`))

  // One key press arrives from the terminal, from npm and from the bootstrap.
  for (let i = 0; i < 3; i++) first.child.kill('SIGINT')
  expect(await first.ended).toBe(0)
  const left = await readdir(dataDir)
  expect(left.filter((name) => name.endsWith('.lock'))).toEqual([])
  expect(await readdir(path.join(dataDir, 'postgres'))).not.toContain('postmaster.pid')

  const third = start([])
  await untilReady(third)
  third.child.kill('SIGTERM')
  expect(await third.ended).toBe(0)
})

test('a wrong setting and an unknown argument are said in a line, and nothing is started', async () => {
  const setting = start([], { SECRET_KEY: 'changeme', PORT: 'x' })
  expect(await setting.ended).toBe(1)
  expect(setting.said()).toContain('SECRET_KEY has 8 characters')

  const argument = start(['--prod'])
  expect(await argument.ended).toBe(2)
  expect(argument.said()).toContain("Unknown option '--prod'")
  expect(await readdir(dataDir)).toEqual([])
})

test('over https the page is served with the kept certificate, to this network', async () => {
  const server = await startServer({ demo: false, arguments: ['--https'] })
  expect(server.address).toMatch(/^https:/)
  expect(server.output()).toMatch(/[▀▄█]{3}/)
  await server.stop()
})
