import path from 'node:path'
import { ConfigError, loadConfig } from '../packages/server/src/config.ts'
import { DemoRefused } from '../packages/server/src/demo/demo-refused.ts'
import { DataFolderInUse } from '../packages/server/src/platform/data-folder.ts'
import { MigrationError } from '../packages/server/src/platform/db/migrate.ts'
import { HELP, parseStartArguments, type StartArguments } from './start-arguments.ts'

const root = path.resolve(import.meta.dirname, '..')
/** One Ctrl-C reaches us up to three times: from the terminal, from npm and from the bootstrap. */
const SAME_KEY_PRESS_MS = 1_000

const log = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** Loaded late: where it is skipped, what it needs is not installed. */
async function prepareHere(): Promise<void> {
  const { prepare } = await import('./prepare.ts')
  await prepare(root, log)
}

/** Makes everything ready and starts the server, which prints where it is and what to do there. */
async function start({ demo, https, port, isToPrepare }: StartArguments): Promise<{ stop(): Promise<void> }> {
  // First what is cheap to be wrong.
  await loadConfig(root)
  if (isToPrepare) await prepareHere()
  const modelsDir = path.join(root, '.models')
  const webDist = path.join(root, 'packages/web/dist')
  const { main } = await import('../packages/server/src/main.ts')
  return await main({ demo, https, webDist, modelsDir, ...(port === undefined ? {} : { port }) })
}

/** What is wrong outside the program is said in a sentence; for the rest the stack is what helps. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return `The configuration (environment or .env) is wrong.\n${error.message}`
  if (error instanceof DataFolderInUse || error instanceof MigrationError || error instanceof DemoRefused)
    return error.message
  // By its name: the class would load the models' runtime before anything is asked of it.
  if (error instanceof Error && error.name === 'ModelUnusable') return `A face model cannot be used.\n${error.message}`
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return 'Another program listens on this port. Choose one with: npm start -- --port N'
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** Stops the server once, however often it is asked; a later, separate key press ends the process at once. */
function stopOnSignals(starting: ReturnType<typeof start>): void {
  let askedAt: number | undefined
  const stop = async (): Promise<void> => {
    if (askedAt !== undefined) {
      if (performance.now() - askedAt < SAME_KEY_PRESS_MS) return
      log('Ending at once.')
      process.exit(1)
    }
    askedAt = performance.now()
    log('\nStopping… (Ctrl-C again ends it at once)')
    const server = await starting
    await server.stop().catch(fail)
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop())
}

function fail(error: unknown): never {
  log(explain(error))
  process.exit(1)
}

const parsed = parseStartArguments(process.argv.slice(2))
switch (parsed.kind) {
  case 'help':
    process.stdout.write(HELP)
    break
  case 'wrong':
    log(`${parsed.message}\n\n${HELP}`)
    process.exitCode = 2
    break
  case 'prepare':
    await prepareHere().catch(fail)
    break
  case 'start': {
    const starting = start(parsed)
    stopOnSignals(starting)
    starting.catch(fail)
  }
}
