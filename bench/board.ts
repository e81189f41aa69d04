import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type Page } from '@playwright/test'
import pg from 'pg'
import { startEmbeddedPostgres } from '../packages/server/src/platform/db/embedded.ts'
import { migrate } from '../packages/server/src/platform/db/migrate.ts'
import { createLog } from '../packages/server/src/platform/log.ts'
import { ensureChromium } from '../scripts/ensure-chromium.ts'
import { arrangeClass, type BoardClass } from './board-class.ts'
import { quantile } from './metrics.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const SERVERS = 2
/** Marks come one after the other, at the pace of a class that walks in: each is told apart, none waits for another. */
const PAUSE_MS = 60
const PATIENCE_MS = 10_000

/**
 * From the commit of a mark to the changed tile in a real browser: students type the code at one server process, the
 * teacher's board hangs on another. The commit is told by the database itself, whose notification leaves with it.
 */
export async function boardBench({ students }: { students: number }) {
  const folder = await mkdtemp(path.join(tmpdir(), 'attendance-bench-'))
  await chmod(folder, 0o711)
  const log = createLog({ debug: false })
  log.level = 'warn'
  const postgres = await startEmbeddedPostgres(folder, log)
  const children: ChildProcess[] = []
  try {
    await migrate(postgres.url, log)
    const secret = randomBytes(32).toString('base64url')
    const room = await arrangeClass(postgres.url, { secret, students })
    const [own, other] = [
      await startServer(postgres.url, secret, children),
      await startServer(postgres.url, secret, children),
    ]
    const delays = await measure(postgres.url, { room, boardAt: own, marksAt: other })
    return {
      students,
      servers: SERVERS,
      p50Ms: Math.round(quantile(delays, 0.5)),
      p95Ms: Math.round(quantile(delays, 0.95)),
    }
  } finally {
    for (const child of children) child.kill('SIGKILL')
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function startServer(databaseUrl: string, secret: string, children: ChildProcess[]): Promise<string> {
  const given = { databaseUrl, secret, webDist: path.join(ROOT, 'packages/web/dist') }
  const child = fork(path.join(import.meta.dirname, 'board-server.ts'), [JSON.stringify(given)])
  children.push(child)
  const [{ address }] = (await once(child, 'message')) as [{ address: string }]
  return address
}

type Measuring = { room: BoardClass; boardAt: string; marksAt: string }

async function measure(databaseUrl: string, { room, boardAt, marksAt }: Measuring): Promise<number[]> {
  const browser = await chromium.launch({
    executablePath: await ensureChromium(() => undefined),
    args: ['--no-sandbox', '--disable-background-networking', '--no-first-run', '--use-angle=swiftshader'],
  })
  const commits = new pg.Client({ connectionString: databaseUrl })
  await commits.connect()
  await commits.query('listen session_events')
  try {
    const page = await browser.newPage({ baseURL: boardAt, viewport: { width: 1440, height: 900 } })
    const seen = await openBoard(page, room)
    const delays: number[] = []
    for (const student of room.students) {
      const committed = once(commits, 'notification').then(() => Date.now())
      // Asked before the mark is made: the tile may have turned before the student has their answer.
      const shown = seen(student.id)
      await room.checkIn(marksAt, student)
      const [at, shownAt] = await Promise.all([committed, shown])
      delays.push(Math.max(0, shownAt - at))
      await wait(PAUSE_MS)
    }
    return delays
  } finally {
    await commits.end()
    await browser.close()
  }
}

/** Signs the teacher in and opens the board; answers when a student's tile was drawn in its new state. */
async function openBoard(page: Page, room: BoardClass): Promise<(studentId: string) => Promise<number>> {
  const drawn = new Map<string, (at: number) => void>()
  await page.exposeFunction('tileDrawn', (studentId: string, at: number) => drawn.get(studentId)?.(at))
  await page.goto('/')
  await page.getByLabel('E-mail or roll number').fill(room.teacher.email)
  await page.getByLabel('Password', { exact: true }).fill(room.teacher.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => url.pathname !== '/' && url.pathname !== '/sign-in')
  await page.goto(`/sessions/${room.sessionId}`)
  await page
    .locator('button[data-student]')
    .nth(room.students.length - 1)
    .waitFor()
  await page.getByText('Live', { exact: true }).waitFor()
  await page.evaluate(WATCH_TILES)
  return (studentId) =>
    new Promise<number>((resolve, reject) => {
      drawn.set(studentId, resolve)
      setTimeout(() => reject(new Error('a mark never reached the board')), PATIENCE_MS).unref()
    })
}

/** Runs in the page: tells each tile that changes its state, after the frame that shows it. */
const WATCH_TILES = `new MutationObserver((changes) => {
  for (const { target } of changes)
    requestAnimationFrame(() => setTimeout(() => window.tileDrawn(target.dataset.student, Date.now())))
}).observe(document.querySelector('main'), { subtree: true, attributes: true, attributeFilter: ['data-status'] })`
