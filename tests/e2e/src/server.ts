import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const START_TIMEOUT_MS = 180_000
/** An empty value counts as absent and wins over `.env`: a test never meets a developer's database or mail server. */
export const UNSET = Object.fromEntries(
  ['DATABASE_URL', 'SECRET_KEY', 'PUBLIC_URL', 'SMTP_URL', 'MAIL_FROM', 'TRUSTED_PROXIES'].map((name) => [name, '']),
)

/** The real server, started as `npm start` starts it, on an empty data folder and a free port. */
export type RunningServer = {
  address: string
  dataDir: string
  /** What it has printed until now: the set-up link, the demo's accounts. */
  output(): string
  /** Stops it as Ctrl-C does and removes its data. */
  stop(): Promise<void>
}

/** `environment` comes on top of the defaults, whatever `.env` says. */
export async function startServer({
  demo,
  environment,
  arguments: more = [],
}: {
  demo: boolean
  environment?: Record<string, string>
  arguments?: string[]
}): Promise<RunningServer> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'attendance-e2e-'))
  await chmod(dataDir, 0o711)
  const args = [path.join(ROOT, 'scripts/start.ts'), '--port', '0', ...(demo ? ['--demo'] : []), ...more]
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...UNSET, DATA_DIR: dataDir, HOST: '127.0.0.1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const address = new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      output += chunk.toString()
      const found = /Smart Attendance is ready: (https?:\S+)/.exec(output)?.[1]
      if (found) resolve(found)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${output}`)))
    setTimeout(() => reject(new Error(`the server did not start in time:\n${output}`)), START_TIMEOUT_MS).unref()
  })
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    }
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    return { address: await address, dataDir, output: () => output, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
