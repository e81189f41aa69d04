import { readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import type { RunningServer } from './server.ts'

/** Line of `postmaster.pid` that holds the port. */
const PORT_LINE = 3

/**
 * Changes the policy of the one institution, as whoever runs the installation can: in its own database. Pages for it do
 * not exist yet, and a way in for tests shall not.
 */
export async function changePolicy({ dataDir }: RunningServer, changes: Record<string, unknown>): Promise<void> {
  const lines = (await readFile(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')
  const password = (await readFile(path.join(dataDir, 'postgres.password'), 'utf8')).trim()
  const client = new pg.Client({
    host: '127.0.0.1',
    port: Number(lines[PORT_LINE]),
    user: 'postgres',
    password,
    database: 'attendance',
  })
  await client.connect()
  try {
    await client.query('update institutions set policy = policy || $1::jsonb', [JSON.stringify(changes)])
  } finally {
    await client.end()
  }
}
