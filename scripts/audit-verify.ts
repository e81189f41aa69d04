import { existsSync } from 'node:fs'
import path from 'node:path'
import { type Config, ConfigError, loadConfig } from '../packages/server/src/config.ts'
import { type AuditVerdict, verifyAudit } from '../packages/server/src/features/audit/index.ts'
import { DataFolderInUse, holdDataFolder } from '../packages/server/src/platform/data-folder.ts'
import { startEmbeddedPostgres } from '../packages/server/src/platform/db/embedded.ts'
import { inspectDatabase } from '../packages/server/src/platform/db/inspect.ts'
import { createLog } from '../packages/server/src/platform/log.ts'
import { describeVerdict, isWhole, parseVerifyArguments, VERIFY_HELP } from './audit-verdict.ts'

const root = path.resolve(import.meta.dirname, '..')
/** PostgreSQL's code. */
const UNDEFINED_TABLE = '42P01'

/** Nothing to look at, said in a sentence. */
class NothingToVerify extends Error {}

/** Runs `work` with the address of the database: one's own, or the embedded one while no server holds its folder. */
async function withDatabase<Result>(
  { databaseUrl, dataDir }: Config,
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  if (databaseUrl !== undefined) return work(databaseUrl)
  // Starting would make an empty one, and call it whole.
  if (!existsSync(path.join(dataDir, 'postgres')))
    throw new NothingToVerify(`There is no database in ${dataDir}. Set DATA_DIR or DATABASE_URL to where it is.`)
  const log = createLog({ debug: false })
  log.level = 'warn'
  const folder = await holdDataFolder(dataDir)
  try {
    const postgres = await startEmbeddedPostgres(dataDir, log)
    return await work(postgres.url).finally(() => postgres.stop())
  } finally {
    await folder.release()
  }
}

async function verify(known: Parameters<typeof verifyAudit>[1]): Promise<AuditVerdict> {
  const config = await loadConfig(root)
  return withDatabase(config, (url) => inspectDatabase(url, (tx) => verifyAudit(tx, known)))
}

function explain(error: unknown): string {
  if (error instanceof ConfigError) return `The configuration (environment or .env) is wrong.\n${error.message}`
  if (error instanceof DataFolderInUse) return `The server is running. ${error.message}`
  if (error instanceof NothingToVerify) return error.message
  if (error instanceof Error && 'code' in error && error.code === UNDEFINED_TABLE)
    return 'This database has no audit chain yet. Start the server once; it brings the database up to date.'
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

const parsed = parseVerifyArguments(process.argv.slice(2))
switch (parsed.kind) {
  case 'help':
    process.stdout.write(VERIFY_HELP)
    break
  case 'wrong':
    process.stderr.write(`${parsed.message}\n\n${VERIFY_HELP}`)
    process.exitCode = 2
    break
  case 'verify':
    try {
      const verdict = await verify(parsed.known)
      process.stdout.write(`${describeVerdict(verdict).join('\n')}\n`)
      process.exitCode = isWhole(verdict) ? 0 : 1
    } catch (error) {
      process.stderr.write(`${explain(error)}\n`)
      process.exitCode = 2
    }
}
