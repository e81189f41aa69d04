import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { buildApp } from '../packages/server/src/app.ts'
import { startImports } from '../packages/server/src/features/imports/index.ts'
import { createBackground } from '../packages/server/src/platform/background.ts'
import { createKeyring, hashToken } from '../packages/server/src/platform/crypto/keyring.ts'
import { startEmbeddedPostgres } from '../packages/server/src/platform/db/embedded.ts'
import { migrate } from '../packages/server/src/platform/db/migrate.ts'
import { openDatabase } from '../packages/server/src/platform/db/open.ts'
import { createFileStore } from '../packages/server/src/platform/files/file-store.ts'
import { startJobs } from '../packages/server/src/platform/jobs/jobs.ts'
import { createLiveHub } from '../packages/server/src/platform/live/live-hub.ts'
import { createLog } from '../packages/server/src/platform/log.ts'

/**
 * The real server without its face models, in a process of its own, so that its peak memory is an import's and nothing
 * else's. Says `{ address, token }` once it listens; answers any message with its peak so far and ends on `stop`.
 */
const [, , dataDir = ''] = process.argv
const log = createLog({ debug: false })
log.level = 'warn'
const postgres = await startEmbeddedPostgres(dataDir, log)
await migrate(postgres.url, log)
const db = openDatabase(postgres.url, { maxConnections: 12, onIdleError: () => undefined })
const jobs = await startJobs(postgres.url, log)
const live = await createLiveHub(postgres.url, log)
const token = randomBytes(32).toString('base64url')
const deps = {
  db,
  keyring: createKeyring(randomBytes(32).toString('base64url')),
  live,
  jobs,
  mailer: null,
  files: createFileStore(path.join(dataDir, 'files')),
  readPhoto: () => Promise.reject(new Error('no faces here')),
  background: createBackground((err) => log.error({ err }, 'in the background')),
  readFrames: () => Promise.reject(new Error('no faces here')),
  faceModel: { name: 'none', operatingPoints: {} as never },
  probes: {
    version: 'bench',
    startedAt: new Date(),
    vision: () => ({ workers: 0, waiting: 0 }),
    disk: async () => null,
  },
  now: () => new Date(),
  drawNumber: () => 0,
  publicUrl: 'http://localhost',
  setUpTokenHash: hashToken(token),
  webDist: null,
  trustedProxies: 0,
  https: null,
  log,
}
const app = await buildApp(deps)
await startImports(deps)
const address = await app.listen({ host: '127.0.0.1', port: 0 })
process.send?.({ address, token })

process.on('message', async (message) => {
  // Kilobytes, the process and its threads together.
  process.send?.({ peakMb: Math.round(process.resourceUsage().maxRSS / 1024) })
  if (message !== 'stop') return
  await app.close()
  await jobs.close()
  await live.close()
  await db.close()
  await postgres.stop()
  process.exit(0)
})
