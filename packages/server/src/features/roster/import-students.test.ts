import {
  acceptInvite,
  type ImportRow,
  importStudents,
  inviteTeacher,
  listClassStudents,
  lookUpInvite,
  startSession,
} from '@app/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, aPerson, type TestClass } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { aCsv, anXlsx, aRawWorkbook, type SheetCell } from '../../testing/builders-sheets.ts'
import { somebodyWaits } from '../../testing/somebody-waits.ts'
import { insertMissingMarks, UNDECIDED } from '../sessions/records.store.ts'
import { lockSession } from '../sessions/sessions.store.ts'

const HEADER = ['roll_no', 'full_name', 'email', 'phone', 'batch', 'department']

let app: TestApp
let college: TestCollege
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  college = await aCollege(app, { students: 0 })
})

type Ask = { mode?: 'check' | 'commit'; as?: { token: string }; to?: TestClass }
const upload = (bytes: Buffer, { mode = 'commit', as = college.teacher, to = college.class }: Ask = {}) =>
  app.call(importStudents, { as, params: { classId: to.id }, query: { mode }, file: { bytes } })
const uploadRows = (rows: SheetCell[][], ask: Ask = {}) => upload(anXlsx([HEADER, ...rows]), ask)
const listed = async (of: TestClass = college.class) =>
  (await app.call(listClassStudents, { as: college.admin, params: { classId: of.id } })).body.students
const faults = (row: ImportRow) => row.problems.map(({ column, code }) => `${column}: ${code}`)

describe('a class list', () => {
  test('makes students with an account to come and a single-use link each', async () => {
    const { body } = await uploadRows([
      ['R2', 'Ana Romero', 'ANA@College.edu', 9_876_543_210, 2026, 'Physics'],
      ['R10', 'Björn Þórsson', '', '', '', ''],
    ])
    expect(body.counts).toEqual({ added: 2, joined: 0, changed: 0, same: 0, error: 0 })
    expect(body.mailed).toBe(0)
    expect(body.links.map(({ rollNo }) => rollNo)).toEqual(['R2', 'R10'])
    expect(await listed()).toEqual([
      {
        personId: expect.any(String),
        rollNo: 'R2',
        fullName: 'Ana Romero',
        email: 'ana@college.edu',
        phone: '9876543210',
        batch: '2026',
        department: 'Physics',
        account: 'invited',
        face: 'none',
        cannotDo: [],
      },
      expect.objectContaining({ rollNo: 'R10', fullName: 'Björn Þórsson', email: null, phone: null }),
    ])
  })

  test('links set a password once', async () => {
    const { body } = await uploadRows([['R1', 'Ana', 'ana@college.edu']])
    const token = nth(body.links, 0).link.split('#')[1] ?? ''
    expect((await app.call(lookUpInvite, { body: { token } })).body.fullName).toBe('Ana')
    const accepted = await app.call(acceptInvite, { body: { token, password: 'a longer sentence' } })
    expect(accepted.body.me.roles).toEqual(['student'])
    expect((await app.call(acceptInvite, { body: { token, password: 'a longer sentence' } })).error).toBe(
      'invite-invalid',
    )
  })

  test('finds its columns by their names, in any order and spelling, and names those it does not read', async () => {
    const { body } = await upload(
      anXlsx([
        ['Students of Physics 1'],
        [' E-Mail ', 'FULL NAME', 'Marks', 'Roll No.', 'Nickname'],
        ['ana@college.edu', 'Ana', 17, '007', 'A'],
      ]),
    )
    expect(body.ignoredColumns).toEqual(['Marks', 'Nickname'])
    expect(body.rows).toEqual([{ row: 3, rollNo: '007', fullName: 'Ana', outcome: 'added', problems: [] }])
    expect(nth(await listed(), 0).email).toBe('ana@college.edu')
  })

  test('is read as .csv with semicolons in Windows-1252 too, whatever it is called', async () => {
    const bytes = Buffer.from('Roll_No;Full Name\r\n1;João\r\n', 'latin1')
    expect((await upload(bytes)).body.counts.added).toBe(1)
    expect(nth(await listed(), 0).fullName).toBe('João')
  })

  test('tidies white space and forms of letters', async () => {
    await uploadRows([['\u00a0R 1 ', 'Jose\u0301  \u200bDíaz\n']])
    expect(nth(await listed(), 0)).toMatchObject({ rollNo: 'R 1', fullName: 'José Díaz' })
  })

  test('takes the good rows and names everything that is wrong with the others', async () => {
    const { body } = await uploadRows([
      ['R1', 'Ana', 'ana@college.edu'],
      ['', '', 'not an address', '', 'x'.repeat(51)],
      ['r1', 'Ben', 'ANA@college.edu'],
      [{ formula: '1+1' }, 'Cem', '', { number: 45_000, format: 'yyyy-mm-dd' }],
      ['R5', '=cmd()', ''],
      ['R6', 'x'.repeat(201), ''],
      ['R7', 'Gil', ''],
    ])
    expect(body.counts).toEqual({ added: 2, joined: 0, changed: 0, same: 0, error: 5 })
    expect(body.rows.map(faults)).toEqual([
      [],
      ['roll_no: missing', 'full_name: missing', 'email: not-an-email', 'batch: too-long'],
      ['roll_no: duplicate-roll-no', 'email: duplicate-email'],
      ['roll_no: formula', 'phone: not-text'],
      ['full_name: formula'],
      ['full_name: too-long'],
      [],
    ])
    expect(nth(body.rows, 2)).toMatchObject({ row: 4, problems: [{ otherRow: 2 }, { otherRow: 2 }] })
    expect((await listed()).map(({ rollNo }) => rollNo)).toEqual(['R1', 'R7'])
  })

  test('checked first changes nothing and says the same as when it is committed', async () => {
    const rows: SheetCell[][] = [
      ['R1', 'Ana', 'ana@college.edu'],
      ['R1', 'Ana again'],
    ]
    const checked = (await uploadRows(rows, { mode: 'check' })).body
    expect(await listed()).toEqual([])
    expect(checked).toMatchObject({ mailed: 0, links: [] })
    const committed = (await uploadRows(rows)).body
    expect(committed.rows).toEqual(checked.rows)
    expect(committed.counts).toEqual(checked.counts)
  })

  test('uploaded again is all the same, and makes no second link', async () => {
    const rows: SheetCell[][] = [['R1', 'Ana', 'ana@college.edu']]
    await uploadRows(rows)
    const { body } = await uploadRows([['r1', 'Ana', 'ana@college.edu']])
    expect(body.counts).toMatchObject({ same: 1, added: 0 })
    expect(body.links).toEqual([])
  })

  test('knows a roll number again by the database’s idea of its letters', async () => {
    const rows: SheetCell[][] = [
      ['İ1', 'Ana'],
      ['ΑΣ', 'Ben'],
    ]
    await uploadRows(rows)
    expect((await uploadRows(rows)).body.counts).toMatchObject({ same: 2 })
  })

  test('changes what it says otherwise, keeps what it is silent on, and the audit log keeps both', async () => {
    await uploadRows([['R1', 'Ana', 'ana@college.edu', '123', '2025', 'Physics']])
    const { body } = await uploadRows([['R1', 'Ana Romero', '', '', '2026', '']])
    expect(body.rows).toMatchObject([{ outcome: 'changed' }])
    const student = nth(await listed(), 0)
    expect(student).toMatchObject({ fullName: 'Ana Romero', email: 'ana@college.edu', batch: '2026', phone: '123' })
    const [entry] = await app.db.inInstitution(college.institution.id, (tx) =>
      tx
        .selectFrom('audit_log')
        .select(['old_value', 'new_value', 'actor_id'])
        .where('action', '=', 'student-changed')
        .execute(),
    )
    expect(entry).toMatchObject({
      actor_id: college.teacher.id,
      old_value: { fullName: 'Ana', batch: '2025' },
      new_value: { fullName: 'Ana Romero', batch: '2026' },
    })
  })
})

describe('someone who is known already', () => {
  test('joins with the account they have, and their details stay', async () => {
    const other = await aClass(app, college.institution)
    await uploadRows([['R1', 'Ana', 'ana@college.edu']], { to: other, as: college.admin })
    const { body } = await uploadRows([['R1', 'Someone', 'someone@college.edu']])
    expect(body.rows).toMatchObject([{ outcome: 'joined' }])
    expect(body.links).toEqual([])
    expect(await listed()).toEqual(await listed(other))
  })

  test('comes back after leaving, as a second stay', async () => {
    await uploadRows([['R1', 'Ana']])
    const { personId } = nth(await listed(), 0)
    await app.db.inInstitution(college.institution.id, (tx) =>
      tx.updateTable('class_students').set({ left_at: app.clock.now() }).execute(),
    )
    app.clock.advance(60_000)
    expect((await uploadRows([['R1', 'Ana']])).body.counts.joined).toBe(1)
    expect(nth(await listed(), 0).personId).toBe(personId)
  })

  test('by e-mail under another roll number is an error, for a teacher’s address too', async () => {
    await uploadRows([['R1', 'Ana', 'ana@college.edu']])
    const { body } = await uploadRows([
      ['R2', 'Ben', 'ana@college.edu'],
      ['R3', 'Cem', college.teacher.email],
    ])
    expect(body.rows.map(faults)).toEqual([['email: email-of-another-person'], ['email: email-of-another-person']])
    expect(await listed()).toHaveLength(1)
  })

  test('but is no student stays what they are', async () => {
    await aPerson(app, college.institution, { roles: ['teacher'], rollNo: 'T1' })
    expect((await uploadRows([['T1', 'Tim']])).body.rows.map(faults)).toEqual([['roll_no: not-a-student']])
  })

  test('and teaches as well keeps name and address: a class list cannot change a teacher’s account', async () => {
    const assistant = await aPerson(app, college.institution, { roles: ['student', 'teacher'], rollNo: 'R1' })
    await uploadRows([['R1', 'Someone', 'thief@college.edu']])
    const { body } = await uploadRows([['R1', 'Someone', 'thief@college.edu']])
    expect(body.rows).toMatchObject([{ outcome: 'same' }])
    expect(nth(await listed(), 0)).toMatchObject({ fullName: assistant.fullName, email: assistant.email })
  })

  test('in another institution is nobody here', async () => {
    const elsewhere = await aCollege(app, { students: 0 })
    await uploadRows([['R1', 'Ana', 'ana@college.edu']], { as: elsewhere.teacher, to: elsewhere.class })
    expect((await uploadRows([['R1', 'Ana', 'ana@college.edu']])).body.counts.added).toBe(1)
  })
})

describe('a file that is no class list', () => {
  const cases: [string, string, number, () => Buffer][] = [
    ['that is no spreadsheet', 'file-unreadable', 422, () => Buffer.from('89504e470d0a1a0a0000000d', 'hex')],
    ['that is an .xlsx by name only', 'file-no-header', 422, () => Buffer.from('PK, said the zip')],
    ['that is empty', 'file-empty', 422, () => Buffer.alloc(0)],
    ['without a header', 'file-no-header', 422, () => anXlsx([['R1', 'Ana', 'ana@college.edu']])],
    [
      'with a header that lacks the names',
      'file-no-header',
      422,
      () =>
        anXlsx([
          ['roll_no', 'email'],
          ['1', 'a@b.cd'],
        ]),
    ],
    ['with nothing under its header', 'file-empty', 422, () => anXlsx([HEADER])],
    ['that is a zip bomb', 'too-large', 413, () => aRawWorkbook({ xml: Buffer.alloc(80 * 1024 * 1024, ' ') })],
    ['of more than 5 MB', 'too-large', 413, () => Buffer.alloc(5 * 1024 * 1024 + 1, 'a')],
    ['with 60,000 rows', 'file-too-many-rows', 422, () => aCsv(['roll_no,full_name', ...manyLines(60_000)])],
    ['with 50,001 rows', 'file-too-many-rows', 422, () => aCsv(['roll_no,full_name', ...manyLines(50_001)])],
  ]
  test.each(cases)('%s is refused', async (_, code, status, make) => {
    const reply = await upload(make())
    expect([reply.error, reply.status]).toEqual([code, status])
    expect(await listed()).toEqual([])
  })

  test('as a workbook of 60,000 rows is refused before it is parsed', async () => {
    const rows = Array.from(
      { length: 60_000 },
      (_, i) => `<row r="${i + 1}"><c r="A${i + 1}"><v>${i}</v></c><c r="B${i + 1}"><v>${i}</v></c></row>`,
    )
    expect((await upload(aRawWorkbook({ rows: rows.join('') }))).error).toBe('file-too-many-rows')
  })

  test('sent as something else than a form is refused', async () => {
    const reply = await app.app.inject({
      method: 'POST',
      url: `/api/classes/${college.class.id}/students/import?mode=commit`,
      headers: { authorization: `Bearer ${college.teacher.token}` },
      payload: { file: 'x' },
    })
    expect(reply.json().error.code).toBe('wrong-media-type')
  })

  const manyLines = (count: number) => Array.from({ length: count }, (_, i) => `${i},Name ${i}`)
})

describe('rights', () => {
  test('a class is filled by its own teachers and by admins, nobody else', async () => {
    const rows: SheetCell[][] = [['R1', 'Ana']]
    const student = await aPerson(app, college.institution, { roles: ['student'] })
    const elsewhere = await aCollege(app, { students: 0 })
    expect((await uploadRows(rows, { as: college.otherTeacher })).error).toBe('not-allowed')
    expect((await uploadRows(rows, { as: student })).error).toBe('not-allowed')
    expect((await uploadRows(rows, { as: elsewhere.admin })).error).toBe('not-found')
    expect(await listed()).toEqual([])
    expect((await uploadRows(rows, { as: college.admin })).status).toBe(200)
  })

  test('a stranger’s file is not even read', async () => {
    expect((await upload(Buffer.from('nothing'), { as: college.otherTeacher })).error).toBe('not-allowed')
  })
})

test('invites go by mail where mail is sent and the student has an address', async () => {
  const mailing = await createTestApp({
    mailer: { send: async () => undefined, check: async () => true, close: () => undefined },
  })
  const { class: taught, teacher } = await aCollege(mailing, { students: 0 })
  const { body } = await mailing.call(importStudents, {
    as: teacher,
    params: { classId: taught.id },
    query: { mode: 'commit' },
    file: { bytes: anXlsx([HEADER, ['R1', 'Ana', 'ana@college.edu'], ['R2', 'Ben']]) },
  })
  expect(body.mailed).toBe(1)
  expect(body.links.map(({ rollNo }) => rollNo)).toEqual(['R2'])
  expect(mailing.jobs.queued).toHaveLength(1)
  await mailing.close()
})

test('two imports of overlapping lists at once: everybody once, nothing half done', async () => {
  const other = await aClass(app, college.institution, { teachers: [college.teacher] })
  const rows = (from: number) =>
    Array.from({ length: 60 }, (_, i) => [`R${from + i}`, `Student ${from + i}`, `s${from + i}@college.edu`])
  const replies = await Promise.all([
    uploadRows(rows(0)),
    uploadRows(rows(30)),
    uploadRows(rows(0), { to: other }),
    uploadRows(rows(30), { to: other }),
  ])
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  const ids = (await listed()).map(({ personId }) => personId)
  expect(new Set(ids).size).toBe(90)
  expect((await listed(other)).map(({ personId }) => personId)).toEqual(ids)
  expect(replies.reduce((sum, { body }) => sum + body.counts.added, 0)).toBe(90)
})

test('roll numbers that only the database calls one are duplicates, and the rest of the list is taken', async () => {
  const { body } = await uploadRows([
    ['\u0130-1', 'Ayşe', '', '', '', ''],
    ['I-1', 'Ali', '', '', '', ''],
    ['I-2', 'Can', '', '', '', ''],
  ])
  expect(body.rows.map(({ outcome }) => outcome)).toEqual(['added', 'error', 'added'])
  expect(body.rows[1]?.problems).toEqual([{ column: 'roll_no', code: 'duplicate-roll-no', value: 'I-1', otherRow: 2 }])
})

test('a changed address and a mark of that student in the open session do not wait in a circle', async () => {
  await uploadRows([['R1', 'Ana', 'ana@college.edu', '', '', '']])
  const ana = nth(await listed(), 0)
  const session = await app.call(startSession, {
    as: college.teacher,
    params: { classId: college.class.id },
    body: { minutes: 60, lateAfterMinutes: 10, methods: ['code'] },
  })
  // What a check-in does, in its order, with the import let in between.
  const importing = await app.db.inInstitution(college.institution.id, async (tx) => {
    await lockSession(tx, session.body.id)
    const begun = uploadRows([['R1', 'Ana', 'new@college.edu', '', '', '']])
    await somebodyWaits(app)
    const { id: sessionId } = session.body
    const mark = { studentId: ana.personId, status: 'present', method: 'code', assurance: 'C' } as const
    const made = { ...UNDECIDED, ...mark, markedAt: app.clock.now(), markedBy: null }
    await insertMissingMarks(tx, { institutionId: college.institution.id, sessionId }, [made])
    return { begun }
  })
  expect((await importing.begun).body.counts).toMatchObject({ changed: 1 })
})

test('an address that is given to a teacher at the same moment belongs to one of the two', async () => {
  for (let round = 0; round < 8; round++) {
    const email = `shared${round}@college.edu`
    const [imported, invited] = await Promise.all([
      uploadRows([[`R${round}`, 'Ana', email]]),
      app.call(inviteTeacher, { as: college.admin, body: { fullName: 'Tim', email, roles: ['teacher'] } }),
    ])
    expect(imported.status).toBe(200)
    expect([imported.body.counts.added, invited.error]).toEqual(
      invited.status === 200 ? [0, undefined] : [1, 'email-taken'],
    )
  }
})

test('a list of 6,000 is taken whole, and known again', async () => {
  const lines = Array.from({ length: 6_000 }, (_, i) => `U${i},Student ${i},u${i}@college.edu,,2026,Physics`)
  const bytes = aCsv([HEADER.join(','), ...lines])
  const first = (await upload(bytes)).body
  expect(first.counts).toMatchObject({ added: 6_000, error: 0 })
  expect(first.links).toHaveLength(6_000)
  expect((await upload(bytes)).body.counts).toMatchObject({ same: 6_000 })
})
