import { readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import type { RunningServer } from './server.ts'

/** Line of `postmaster.pid` that holds the port. */
const PORT_LINE = 3

/** Asks the database of a running server, as whoever runs the installation can. */
async function ask<Row extends pg.QueryResultRow>(
  { dataDir }: RunningServer,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
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
    return (await client.query<Row>(text, [...values])).rows
  } finally {
    await client.end()
  }
}

/** Changes the policy of the one institution past its page, which has a story of its own. */
export async function changePolicy(server: RunningServer, changes: Record<string, unknown>): Promise<void> {
  await ask(server, 'update institutions set policy = policy || $1::jsonb', [JSON.stringify(changes)])
}

/** What the server made of the last upload; no page tells it to the student. */
export async function lastJudged(server: RunningServer): Promise<string> {
  const [last] = await ask<{ outcome: string; because: string | null; action: string | null }>(
    server,
    'select outcome, because, action from attempts order by at desc limit 1',
  )
  return last ? [last.outcome, last.because, last.action].filter(Boolean).join(' ') : 'nothing'
}
