import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { inspectDatabase } from '../../platform/db/inspect.ts'
import { migrate } from '../../platform/db/migrate.ts'
import { createLog } from '../../platform/log.ts'
import { asOwner, createEmptyDatabase } from '../../testing/database.ts'
import { verifyAudit } from './verify-chain.ts'

const MIGRATIONS = path.join(import.meta.dirname, '../../platform/db/migrations')
const log = createLog({ debug: false })
log.level = 'silent'

test('a log from before the chain is linked by the migration', async () => {
  const collegeId = randomUUID()
  const database = await createEmptyDatabase()
  const earlier = await mkdtemp(path.join(tmpdir(), 'migrations-'))
  await cp(MIGRATIONS, earlier, {
    recursive: true,
    filter: (file) => path.basename(file) < '011-audit-chain.sql' || file === MIGRATIONS,
  })
  await migrate(database.url, log, earlier)
  await asOwner(
    database.url,
    `insert into institutions (id, name, time_zone, created_at) values ('${collegeId}', 'Old College', 'UTC', now());
      insert into audit_log (institution_id, at, action) select '${collegeId}', now(), 'old-row' from generate_series(1, 50)`,
  )
  await migrate(database.url, log)
  await asOwner(
    database.url,
    `insert into audit_log (institution_id, at, action) values ('${collegeId}', now(), 'new-row')`,
  )
  const { chains } = await inspectDatabase(database.url, (tx) => verifyAudit(tx, []))
  expect(chains).toMatchObject([{ links: 51, firstBreak: null }])
  await database.drop()
  await rm(earlier, { recursive: true })
})
