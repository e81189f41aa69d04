import { buildApp } from '../app.ts'
import { createTestDeps } from './app.ts'
import { readShownFaces } from './builders-faces.ts'
import { createMemoryJobs } from './memory-jobs.ts'

/** What `startServerProcess` runs: listens on a free port and prints the address. */
const given = JSON.parse(process.argv[2] ?? '') as { databaseUrl: string; now: string }
const ahead = new Date(given.now).getTime() - Date.now()
const deps = await createTestDeps(given.databaseUrl, {
  now: () => new Date(Date.now() + ahead),
  jobs: createMemoryJobs(),
  maxConnections: 10,
})
const app = await buildApp({ ...deps, readFrames: readShownFaces })
const address = await app.listen({ host: '127.0.0.1', port: 0 })
process.stdout.write(`${address}\n`)
