import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import {
  commitImport,
  createClass,
  getImport,
  ImportView,
  listPeople,
  type RouteSpec,
  SignedIn,
  setUp,
  startImport,
  undoImport,
} from '../packages/contract/src/index.ts'
import { writeSheet } from '../packages/server/src/platform/spreadsheet/write-sheet.ts'

const POLL_MS = 50
const ADMIN = { fullName: 'Ada Rao', email: 'ada@lake.example', password: 'four quiet green herons' }

/**
 * A workbook of new students with every column filled, uploaded, previewed, taken and taken back through the routes of a
 * real server on a real PostgreSQL: what an administrator waits for, and the server's peak memory with its worker's.
 */
export async function importBench({ rows }: { rows: number }) {
  const folder = await mkdtemp(path.join(tmpdir(), 'attendance-bench-'))
  await chmod(folder, 0o711)
  const server = fork(path.join(import.meta.dirname, 'import-server.ts'), [folder], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  try {
    const [{ address, token }] = (await once(server, 'message')) as [{ address: string; token: string }]
    const call = await signedIn(address, token)
    const classId = await aClass(call)
    const idleMb = await peakOf(server)
    const sheet = makeSheet(rows)
    const previewStarted = performance.now()
    const form = new FormData()
    form.set('file', new Blob([new Uint8Array(sheet)]), 'students.xlsx')
    const draft = ImportView.parse(await call(startImport, `?classId=${classId}`, form))
    const previewMs = Math.round(performance.now() - previewStarted)
    const commitStarted = performance.now()
    const taken = await take(call, draft.id)
    const commitMs = Math.round(performance.now() - commitStarted)
    if (taken.counts.new !== rows) throw new Error(`${taken.counts.new} of ${rows} rows were taken`)
    const peakMb = await peakOf(server)
    const { undoMs, othersWaitMs } = await undo(call, draft.id)
    return {
      rows,
      previewMs,
      commitMs,
      undoMs,
      othersWaitMs,
      peakMb,
      undoPeakMb: await peakOf(server),
      idleMb,
      fileMb: round(sheet.length / 1024 / 1024),
    }
  } finally {
    server.send('stop')
    await once(server, 'exit')
    await rm(folder, { recursive: true, force: true })
  }
}

type Call = (route: RouteSpec, rest: string, body?: FormData | object) => Promise<unknown>

async function signedIn(address: string, token: string): Promise<Call> {
  let accessToken = ''
  const call: Call = async (route, rest, body) => {
    const isForm = body instanceof FormData
    const url = `${address}${route.path.replace(/:\w+/, rest.startsWith('?') ? '' : rest)}${rest.startsWith('?') ? rest : ''}`
    const reply = await fetch(url, {
      method: route.method,
      headers: {
        authorization: `Bearer ${accessToken}`,
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : isForm ? body : JSON.stringify(body),
    })
    const answer: unknown = await reply.json()
    if (!reply.ok) throw new Error(`${route.path}: ${JSON.stringify(answer)}`)
    return answer
  }
  const place = { institutionName: 'Lakeside College', timeZone: 'Asia/Kolkata', alsoTeaches: true }
  accessToken = SignedIn.parse(await call(setUp, '', { token, ...place, ...ADMIN })).accessToken
  return call
}

async function aClass(call: Call): Promise<string> {
  const body = { name: 'Everybody', subjectCode: 'ALL', subjectName: 'All', teacherIds: [] }
  return createClass.response.parse(await call(createClass, '', body)).id
}

async function take(call: Call, importId: string): Promise<ImportView> {
  await call(commitImport, importId)
  for (;;) {
    const now = ImportView.parse(await call(getImport, importId))
    if (now.state === 'taken') return now
    if (now.state !== 'taking') throw new Error(`the import was not taken: ${now.failedBecause}`)
    await wait(POLL_MS)
  }
}

/** Takes it back, and says how long the longest answer to somebody who looks at the directory meanwhile took. */
async function undo(call: Call, importId: string): Promise<{ undoMs: number; othersWaitMs: number }> {
  const started = performance.now()
  await call(undoImport, importId)
  let longest = 0
  for (;;) {
    const asked = performance.now()
    await call(listPeople, '?sort=name')
    longest = Math.max(longest, performance.now() - asked)
    const { state, failedBecause } = ImportView.parse(await call(getImport, importId))
    if (state === 'undone') break
    if (state !== 'undoing') throw new Error(`the import was not taken back: ${failedBecause}`)
    await wait(POLL_MS)
  }
  return { undoMs: Math.round(performance.now() - started), othersWaitMs: Math.round(longest) }
}

async function peakOf(server: ChildProcess): Promise<number> {
  server.send('peak')
  const [{ peakMb }] = (await once(server, 'message')) as [{ peakMb: number }]
  return peakMb
}

function makeSheet(rows: number): Buffer {
  const header = ['roll_no', 'full_name', 'email', 'phone', 'batch', 'department']
  const lines = Array.from({ length: rows }, (_, i) => [
    `R${100_000 + i}`,
    `Student Number ${i} of Lakeside`,
    `student.${i}@lake.example`,
    `+91 98765 ${String(i).padStart(5, '0')}`,
    String(2024 + (i % 4)),
    ['Physics', 'Computing', 'Biology', 'History'][i % 4] ?? '',
  ])
  return writeSheet('xlsx', { name: 'students', header, rows: lines }).body
}

const round = (value: number) => Math.round(value * 10) / 10
