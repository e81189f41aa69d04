import { downloadClassReport, endSession, getClassReport, listSessionRoots, startSession } from '@app/contract'
import type { Status } from '@app/domain'
import { read, utils } from '@e965/xlsx'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aPerson, aSession, signInAgain, type TestPerson, type TestSession } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'

const MINUTE = 60_000

let app: TestApp
let college: TestCollege
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  college = await aCollege(app, { students: 2 })
})

/** Weeks go by between these sessions: the teacher signs in anew. */
const report = async (as?: { token: string }) =>
  app.call(getClassReport, {
    as: as ?? (await signInAgain(app, college.teacher)),
    params: { classId: college.class.id },
  })
const inCollege = <Result>(work: Parameters<typeof app.db.inInstitution<Result>>[1]) =>
  app.db.inInstitution(college.institution.id, work)

/** A session that has ended, with these marks; the clock goes on past it. */
async function anEndedSession(statuses: (Status | null)[]): Promise<TestSession> {
  const session = await aSession(app, college.class, { startedBy: college.teacher, endedAfterMinutes: 50 })
  for (const [i, status] of statuses.entries())
    if (status !== null) await mark(session, nth(college.students, i), status)
  app.clock.advance(60 * MINUTE)
  return session
}

const mark = (session: TestSession, student: TestPerson, status: Status) =>
  inCollege((tx) =>
    tx
      .insertInto('records')
      .values({
        institution_id: college.institution.id,
        session_id: session.id,
        student_id: student.id,
        status,
        method: 'hand',
        assurance: 'D',
        marked_at: app.clock.now(),
        marked_by: college.teacher.id,
        reason: null,
      })
      .execute(),
  )
const figures = async () =>
  (await report()).body.rows.map((row) => [row.presentSessions, row.totalSessions, row.percentage])

describe('the report of a class', () => {
  test('counts late as present, leaves excused sessions out, and rounds down', async () => {
    await anEndedSession(['present', 'excused'])
    await anEndedSession(['late', 'absent'])
    await anEndedSession(['absent', 'present'])
    expect((await report()).body).toMatchObject({ className: college.class.name, sessions: 3 })
    expect(await figures()).toEqual([
      [2, 3, 66.6],
      [1, 2, 50],
    ])
  })

  test('counts ended sessions only, and a session without a mark as missed', async () => {
    await anEndedSession(['present', null])
    const open = await aSession(app, college.class, { startedBy: college.teacher })
    await mark(open, nth(college.students, 1), 'present')
    expect(await figures()).toEqual([
      [1, 1, 100],
      [0, 1, 0],
    ])
  })

  test('has no percentage while nothing has been counted', async () => {
    expect(await figures()).toEqual([
      [0, 0, null],
      [0, 0, null],
    ])
  })

  test('does not count what was before somebody joined, nor while they were away', async () => {
    const [gone, stayed] = [nth(college.students, 0), nth(college.students, 1)]
    const stay = (person: TestPerson, joined_at: Date, left_at: Date | null) =>
      inCollege((tx) =>
        tx
          .insertInto('class_students')
          .values({
            institution_id: college.institution.id,
            class_id: college.class.id,
            person_id: person.id,
            joined_at,
            left_at,
          })
          .execute(),
      )
    await anEndedSession(['present', 'present'])
    await inCollege((tx) =>
      tx.updateTable('class_students').set({ left_at: app.clock.now() }).where('person_id', '=', gone.id).execute(),
    )
    await anEndedSession([null, 'present'])
    await stay(gone, app.clock.now(), null)
    const late = await aPerson(app, college.institution, { roles: ['student'], rollNo: 'R9' })
    await stay(late, app.clock.now(), null)
    app.clock.advance(MINUTE)
    await anEndedSession(['absent', 'present'])
    expect(await figures()).toEqual([
      [1, 2, 50],
      [3, 3, 100],
      [0, 1, 0],
    ])
    await inCollege((tx) =>
      tx.updateTable('class_students').set({ left_at: app.clock.now() }).where('person_id', '=', stayed.id).execute(),
    )
    expect((await report()).body.rows.map(({ rollNo }) => rollNo)).toEqual(['R1', 'R9'])
  })

  test('is for the class’s teachers and admins of its institution', async () => {
    expect((await report(college.admin)).status).toBe(200)
    expect((await report(college.otherTeacher)).error).toBe('not-allowed')
    expect((await report(nth(college.students, 0))).error).toBe('not-allowed')
    expect((await report((await aCollege(app)).admin)).error).toBe('not-found')
    const file = { params: { classId: college.class.id }, query: { format: 'csv' } } as const
    expect((await app.call(downloadClassReport, { as: college.otherTeacher, ...file })).error).toBe('not-allowed')
  })
})

describe('the report as a file', () => {
  const HEADER = [
    'Roll No',
    'Full Name',
    'Email',
    'Batch',
    'Department',
    'Present Sessions',
    'Total Sessions',
    'Attendance Percentage',
  ]
  const download = async (format: 'csv' | 'xlsx') => {
    const params = { classId: college.class.id }
    const as = await signInAgain(app, college.teacher)
    return (await app.call(downloadClassReport, { as, params, query: { format } })).raw
  }
  const rename = (fullName: string) =>
    inCollege((tx) =>
      tx
        .updateTable('people')
        .set({ full_name: fullName, email: null })
        .where('id', '=', nth(college.students, 0).id)
        .execute(),
    )

  test('has the columns that schools know, as .csv that Excel reads as UTF-8', async () => {
    await rename('Łukasz "Lu" Kowalski, jr.')
    await anEndedSession(['present', 'absent'])
    const raw = await download('csv')
    expect(raw.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect([...raw.rawPayload.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(raw.body.slice(1).split('\r\n').slice(0, 2)).toEqual([
      HEADER.join(','),
      'R1,"Łukasz ""Lu"" Kowalski, jr.",,,,1,1,100',
    ])
  })

  test('has the same columns as .xlsx, with numbers as numbers', async () => {
    await anEndedSession(['present', 'absent'])
    const raw = await download('xlsx')
    const book = read(raw.rawPayload, { type: 'buffer' })
    const rows = utils.sheet_to_json<unknown[]>(book.Sheets[nth(book.SheetNames, 0)] ?? {}, { header: 1 })
    expect(rows[0]).toEqual(HEADER)
    expect(rows[1]?.slice(5)).toEqual([1, 1, 100])
  })

  test('prints the root of each session on a page of its own, whole and short', async () => {
    const teacher = await signInAgain(app, college.teacher)
    const { body: session } = await app.call(startSession, {
      as: teacher,
      params: { classId: college.class.id },
      body: { minutes: 60, lateAfterMinutes: 10, methods: ['code'] },
    })
    const params = { sessionId: session.id }
    await app.call(endSession, { as: teacher, params })
    const [root] = (await app.call(listSessionRoots, { as: teacher, params })).body.roots
    const book = read((await download('xlsx')).rawPayload, { type: 'buffer' })
    expect(utils.sheet_to_json<unknown[]>(book.Sheets['Session roots'] ?? {}, { header: 1 })).toEqual([
      ['Session (UTC)', 'Marks', 'Root', 'Short form'],
      [session.opensAt.slice(0, 16).replace('T', ' '), '2', root?.root, expect.stringMatching(/^([0-9a-f]{4} ?){4}$/)],
    ])
  })

  test.each(['=cmd|"/C calc"!A0', '+1+1', '-2+3', '@SUM(A1)', '\t=1+1'])('hands %j over as text', async (name) => {
    await rename(name)
    const book = read((await download('xlsx')).rawPayload, { type: 'buffer' })
    const cell = book.Sheets[nth(book.SheetNames, 0)]?.B2
    expect(cell).toMatchObject({ t: 's', v: `'${name}` })
    expect(cell.f).toBeUndefined()
    expect((await download('csv')).body).toContain(`"'${name.replaceAll('"', '""')}"`)
  })

  test('has a name that is safe in a header and on every disk', async () => {
    await inCollege((tx) => tx.updateTable('classes').set({ name: '../../Größe "A"\r\nx: y' }).execute())
    const header = String((await download('csv')).headers['content-disposition'])
    expect(header).toMatch(/^attachment; filename\*=UTF-8''[\w.%-]+$/)
    expect(decodeURIComponent(header)).toMatch(/[^/\\"\r\n]*-Größe-A-x-y-attendance\.csv$/)
  })
})

test('a class-term of 300 students and 60 sessions comes out right', async () => {
  const { institution, class: taught, teacher } = college
  const at = app.clock.now()
  const add = (statement: ReturnType<typeof sql>) => inCollege((tx) => statement.execute(tx))
  await add(sql`insert into people (institution_id, id, full_name, roll_no, status, created_at)
    select ${institution.id}, gen_random_uuid(), 'S', 'T' || n, 'active', ${at} from generate_series(1, 300) n`)
  await add(sql`insert into class_students (institution_id, class_id, person_id, joined_at)
    select institution_id, ${taught.id}, id, ${at} from people where roll_no like 'T%'`)
  await add(sql`insert into sessions (institution_id, id, class_id, opens_at, late_after, closes_at, ended_at, methods, started_at, started_by)
    select ${institution.id}, gen_random_uuid(), ${taught.id}, d, d, d + interval '1 hour', d + interval '1 hour', '{face}', d, ${teacher.id}
    from generate_series(1, 60) n, lateral (select ${at}::timestamptz + n * interval '1 day' as d)`)
  await add(sql`insert into records (institution_id, session_id, student_id, status, method, assurance, marked_at)
    select s.institution_id, s.id, p.id, 'present', 'face', 'B', s.opens_at from people p, sessions s
    where roll_no like 'T%' and substr(roll_no, 2)::int > 5 * extract(day from s.opens_at - ${at})`)
  const { body } = await report()
  expect(body.rows).toHaveLength(302)
  const of = (rollNo: string) => body.rows.find((row) => row.rollNo === rollNo)
  expect(of('T1')).toMatchObject({ presentSessions: 0, totalSessions: 60, percentage: 0 })
  expect(of('T6')).toMatchObject({ presentSessions: 1, totalSessions: 60, percentage: 1.6 })
  expect(of('T300')).toMatchObject({ presentSessions: 59, totalSessions: 60, percentage: 98.3 })
  if (process.env.MEASURE) {
    const from = performance.now()
    for (let i = 0; i < 10; i++) await report()
    console.log('report of 300 x 60, ms:', (performance.now() - from) / 10)
  }
})
