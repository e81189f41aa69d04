import { AUDIT_PAGE_ROWS, downloadAudit, listAudit } from '@app/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aSession, signInAgain } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { decided, markAnew } from '../../testing/builders-marks.ts'

let app: TestApp
let college: TestCollege
let sessionId: string
beforeEach(async () => {
  app = await createTestApp()
  college = await aCollege(app, { students: 3 })
  sessionId = (await aSession(app, college.class, { startedBy: college.teacher })).id
})
afterEach(() => app.close())

const mark = (place: number, status: 'present' | 'absent', reason = '') =>
  markAnew(
    app,
    { as: college.teacher, sessionId, studentId: nth(college.students, place).id },
    decided(status, { reason }),
  )
const list = async (query: NonNullable<Parameters<typeof app.call<typeof listAudit>>[1]['query']> = {}) =>
  (await app.call(listAudit, { as: college.admin, query })).body

/** `count` further rows of no particular meaning. */
const fill = (count: number) =>
  app.db.inInstitution(college.institution.id, (tx) =>
    appendAudit(
      tx,
      Array.from({ length: count }, (_, i) => ({
        institutionId: college.institution.id,
        at: app.clock.now(),
        actorId: college.admin.id,
        action: 'thing-done',
        subjectId: null,
        sessionId: null,
        oldValue: null,
        newValue: { number: i },
        reason: null,
      })),
    ),
  )

describe('the audit log', () => {
  test('says who changed whose mark from what to what and why, with its link, newest first', async () => {
    await mark(0, 'absent')
    await mark(0, 'present', 'came late')
    const { rows, next, head } = await list()
    expect(rows).toMatchObject([
      {
        actor: { fullName: 'Tara Teacher', rollNo: null },
        action: 'record-changed',
        subject: { rollNo: 'R1' },
        session: { id: sessionId, className: college.class.name },
        oldValue: { status: 'absent' },
        newValue: { status: 'present' },
        reason: 'came late',
        link: { seq: 2 },
      },
      { action: 'record-made', link: { seq: 1 } },
    ])
    expect(next).toBeNull()
    expect(head).toEqual(rows[0]?.link)
  })

  test('is empty where nothing has happened', async () => {
    expect(await list()).toEqual({ rows: [], next: null, head: null })
  })

  test('comes a page at a time, each row once', async () => {
    await fill(2 * AUDIT_PAGE_ROWS + 5)
    const first = await list()
    const second = await list({ before: first.next ?? '' })
    const third = await list({ before: second.next ?? '' })
    expect(third.next).toBeNull()
    const numbers = [first, second, third].flatMap(({ rows }) => rows.map(({ newValue }) => newValue?.number))
    expect(numbers).toEqual(Array.from({ length: 2 * AUDIT_PAGE_ROWS + 5 }, (_, i) => i).reverse())
  })

  test('is narrowed by who did it, to whom, what, and in which session', async () => {
    await mark(0, 'present')
    await mark(1, 'present')
    await mark(1, 'absent')
    await fill(1)
    const count = async (query: Parameters<typeof list>[0]) => (await list(query)).rows.length
    expect(await count({ actor: 'tara' })).toBe(3)
    expect(await count({ actor: 'nobody of this name' })).toBe(0)
    expect(await count({ subject: 'r2' })).toBe(2)
    expect(await count({ subject: nth(college.students, 0).fullName.slice(2) })).toBe(1)
    expect(await count({ action: 'record-changed' })).toBe(1)
    expect(await count({ sessionId })).toBe(3)
    expect(await count({ subject: 'R2', action: 'record-made', actor: 'Teacher' })).toBe(1)
    // What would be a pattern elsewhere is a name nobody has.
    expect(await count({ actor: '%' })).toBe(0)
  })

  test('is narrowed by days of the institution’s own zone', async () => {
    // 09:00 in UTC is 14:30 in Kolkata; at 19:00 the next day has begun there.
    await fill(1)
    app.clock.advance(10 * 3_600_000)
    await fill(2)
    const admin = await signInAgain(app, college.admin)
    const count = async (query: { from?: string; to?: string }) =>
      (await app.call(listAudit, { as: admin, query })).body.rows.length
    expect(await count({ from: '2026-03-02', to: '2026-03-02' })).toBe(1)
    expect(await count({ from: '2026-03-03', to: '2026-03-03' })).toBe(2)
    expect(await count({ to: '2026-03-01' })).toBe(0)
  })

  test.each([{ action: 'DROP TABLE' }, { from: 'yesterday' }, { before: '-1' }, { before: '9'.repeat(30) }])(
    'takes no filter like %j',
    async (query) => {
      const { error } = await app.call(listAudit, { as: college.admin, query })
      expect(error).toBe('bad-input')
    },
  )

  test('is saved as a file with what was chosen, and nothing in it is a formula', async () => {
    await mark(0, 'present')
    await mark(1, 'absent', '=1+1')
    const { raw } = await app.call(downloadAudit, { as: college.admin, query: { subject: 'R2' } })
    const [header, line, ...rest] = raw.body.replace('\ufeff', '').trimEnd().split('\r\n')
    expect(header).toBe('Number,Time (UTC),Who,What,Whom,Roll No,Class,Session (UTC),Before,After,Reason,Hash')
    expect(line).toMatch(/^2,2026-03-02T.*,Tara Teacher,record-made,.*,R2,.*"'=1\+1",[0-9a-f]{64}$/)
    expect(rest).toEqual([])
  })
})
