import { randomInt } from 'node:crypto'
import { tmpdir } from 'node:os'
import { buildApp } from '../packages/server/src/app.ts'
import { createBackground } from '../packages/server/src/platform/background.ts'
import { createKeyring } from '../packages/server/src/platform/crypto/keyring.ts'
import { openDatabase } from '../packages/server/src/platform/db/open.ts'
import { createFileStore } from '../packages/server/src/platform/files/file-store.ts'
import { createLiveHub } from '../packages/server/src/platform/live/live-hub.ts'
import { createLog } from '../packages/server/src/platform/log.ts'

/** One server process of several on one database: the real application, with everything but faces, jobs and mail. */
const given = JSON.parse(process.argv[2] ?? '') as { databaseUrl: string; secret: string; webDist: string }
const log = createLog({ debug: false })
log.level = 'warn'
const none = () => Promise.reject(new Error('no faces here'))
const deps = {
  db: openDatabase(given.databaseUrl, { maxConnections: 12, onIdleError: () => undefined }),
  keyring: createKeyring(given.secret),
  live: await createLiveHub(given.databaseUrl, log),
  jobs: {
    add: async () => undefined,
    work: async () => undefined,
    everyMinute: async () => undefined,
    count: async () => ({ waiting: 0, failed: 0 }),
    close: async () => undefined,
  },
  mailer: null,
  files: createFileStore(tmpdir()),
  readFrames: none,
  readPhoto: none,
  background: createBackground(() => undefined),
  faceModel: { name: 'none', operatingPoints: { '1e-3': 1, '1e-4': 1, '1e-5': 1 } },
  probes: {
    version: 'bench',
    startedAt: new Date(),
    vision: () => ({ workers: 0, waiting: 0 }),
    disk: async () => ({ freeBytes: 0, totalBytes: 0 }),
  },
  now: () => new Date(),
  drawNumber: (bound: number) => randomInt(bound),
  publicUrl: 'http://127.0.0.1',
  setUpTokenHash: null,
  webDist: given.webDist,
  trustedProxies: 0,
  https: null,
  log,
}
const app = await buildApp(deps)
process.send?.({ address: await app.listen({ host: '127.0.0.1', port: 0 }) })
