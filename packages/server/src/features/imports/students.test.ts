import {
  acceptInvite,
  type ImportRow,
  inviteImported,
  listClassStudents,
  lookUpInvite,
  startImport,
} from '@app/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, aPerson, type TestClass, type TestPerson } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { aDraft, anImport, importedRows, importList, LIST_HEADER, takeDraft } from '../../testing/builders-imports.ts'
import { aCsv, anXlsx, aRawWorkbook, type SheetCell } from '../../testing/builders-sheets.ts'

let app: TestApp
let college: TestCollege
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  college = await aCollege(app, { students: 0 })
})

type To = { as?: TestPerson; to?: TestClass }
const upload = (rows: SheetCell[][], { as = college.teacher, to = college.class }: To = {}) =>
  importList(app, rows, { as, to })
const listed = async (of: TestClass = college.class) =>
  (await app.call(listClassStudents, { as: college.admin, params: { classId: of.id } })).body.students
const rowsOf = (importId: string, as: TestPerson = college.admin) => importedRows(app, as, importId)
const faults = (row: ImportRow) => row.problems.map(({ cell, code }) => `${cell}: ${code}`)

describe('a class list', () => {
  test('makes students of the class, with an account to come', async () => {
    const { counts } = await upload([
      ['R2', 'Ana Romero', 'ANA@College.edu', 9_876_543_210, 2026, 'Physics'],
      ['R10', 'Björn Þórsson', '', '', '', ''],
    ])
    expect(counts).toMatchObject({ new: 2, changed: 0, same: 0, error: 0 })
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

  test('invites whom it has made when somebody asks for it, by links that set a password once', async () => {
    const { id, invitable } = await upload([['R1', 'Ana', 'ana@college.edu']])
    expect(invitable).toEqual({ byMail: 0, byLink: 1 })
    const { body } = await app.call(inviteImported, { as: college.teacher, params: { importId: id } })
    expect(body).toMatchObject({ mailed: 0, links: [{ rollNo: 'R1', fullName: 'Ana' }] })
    const token = nth(body.links, 0).link.split('#')[1] ?? ''
    expect((await app.call(lookUpInvite, { body: { token } })).body.fullName).toBe('Ana')
    const accepted = await app.call(acceptInvite, { body: { token, password: 'a longer sentence' } })
    expect(accepted.body.me.roles).toEqual(['student'])
    expect((await app.call(acceptInvite, { body: { token, password: 'a longer sentence' } })).error).toBe(
      'invite-invalid',
    )
  })

  test('finds its columns by their names, in any order and spelling, and names those it does not read', async () => {
    const draft = await aDraft(app, {
      as: college.teacher,
      classId: college.class.id,
      bytes: anXlsx([
        ['Students of Physics 1'],
        [' E-Mail ', 'FULL NAME', 'Marks', 'Roll No.', 'Nickname'],
        ['ana@college.edu', 'Ana', 17, '007', 'A'],
      ]),
    })
    expect(draft.ignored).toEqual(['Marks', 'Nickname'])
    expect(await rowsOf(draft.id)).toMatchObject([{ row: 3, outcome: 'new', problems: [] }])
    await takeDraft(app, college.teacher, draft.id)
    expect(nth(await listed(), 0)).toMatchObject({ rollNo: '007', email: 'ana@college.edu' })
  })

  test('is read as .csv with semicolons in Windows-1252 too, whatever it is called', async () => {
    const bytes = Buffer.from('Roll_No;Full Name\r\n1;João\r\n', 'latin1')
    await anImport(app, { as: college.teacher, classId: college.class.id, bytes })
    expect(nth(await listed(), 0).fullName).toBe('João')
  })

  test('tidies white space and forms of letters', async () => {
    await upload([['\u00a0R 1 ', 'Jose\u0301  \u200bDíaz\n']])
    expect(nth(await listed(), 0)).toMatchObject({ rollNo: 'R 1', fullName: 'José Díaz' })
  })

  test('takes the good rows and names everything that is wrong with the others, cell by cell', async () => {
    const { id, counts } = await upload([
      ['R1', 'Ana', 'ana@college.edu'],
      ['', '', 'not an address', '', 'x'.repeat(51)],
      ['r1', 'Ben', 'ANA@college.edu'],
      [{ formula: '1+1' }, 'Cem', '', { number: 45_000, format: 'yyyy-mm-dd' }],
      ['R5', '=cmd()', ''],
      ['R6', 'x'.repeat(201), ''],
      ['R7', 'Gil', ''],
    ])
    expect(counts).toMatchObject({ new: 2, changed: 0, same: 0, error: 5 })
    const rows = await rowsOf(id)
    expect(rows.map(faults)).toEqual([
      [],
      ['A3: missing', 'B3: missing', 'C3: not-an-email', 'E3: too-long'],
      ['A4: duplicate-roll-no', 'C4: duplicate-email'],
      ['A5: formula', 'D5: not-text'],
      ['B6: formula'],
      ['B7: too-long'],
      [],
    ])
    expect(nth(rows, 2)).toMatchObject({ row: 4, problems: [{ otherRow: 2 }, { otherRow: 2 }] })
    expect((await listed()).map(({ rollNo }) => rollNo)).toEqual(['R1', 'R7'])
  })

  test('is looked at first without changing anything', async () => {
    const bytes = anXlsx([LIST_HEADER, ['R1', 'Ana', 'ana@college.edu'], ['R1', 'Ana again']])
    const draft = await aDraft(app, { as: college.teacher, classId: college.class.id, bytes })
    expect(draft.counts).toMatchObject({ new: 1, error: 1 })
    expect(await listed()).toEqual([])
    const taken = await takeDraft(app, college.teacher, draft.id)
    expect(taken).toMatchObject({ state: 'taken', counts: draft.counts, differing: 0 })
  })

  test('uploaded again is all the same, by the database’s idea of its letters', async () => {
    const rows: SheetCell[][] = [
      ['R1', 'Ana', 'ana@college.edu'],
      ['İ1', 'Ayşe'],
      ['ΑΣ', 'Ben'],
    ]
    await upload(rows)
    const { counts, invitable } = await upload([['r1', 'Ana', 'ana@college.edu'], ...rows.slice(1)])
    expect(counts).toMatchObject({ same: 3, new: 0 })
    expect(invitable).toEqual({ byMail: 0, byLink: 0 })
  })

  test('roll numbers that only the database calls one are duplicates, and the rest of the list is taken', async () => {
    const { id } = await upload([
      ['\u0130-1', 'Ayşe'],
      ['I-1', 'Ali'],
      ['I-2', 'Can'],
    ])
    const rows = await rowsOf(id)
    expect(rows.map(({ outcome }) => outcome)).toEqual(['new', 'error', 'new'])
    expect(rows[1]?.problems).toMatchObject([{ code: 'duplicate-roll-no', value: 'I-1', otherRow: 2 }])
  })

  test('changes what it says otherwise, keeps what it is silent on, and the audit log keeps both', async () => {
    await upload([['R1', 'Ana', 'ana@college.edu', '123', '2025', 'Physics']])
    const { id } = await upload([['R1', 'Ana Romero', '', '', '2026', '']])
    expect(await rowsOf(id)).toMatchObject([
      {
        outcome: 'changed',
        changes: [
          { column: 'full_name', from: 'Ana', to: 'Ana Romero' },
          { column: 'batch', from: '2025', to: '2026' },
        ],
      },
    ])
    const student = nth(await listed(), 0)
    expect(student).toMatchObject({ fullName: 'Ana Romero', email: 'ana@college.edu', batch: '2026', phone: '123' })
    const entries = await app.db.inInstitution(college.institution.id, (tx) =>
      tx
        .selectFrom('audit_log')
        .select(['action', 'subject_id', 'old_value', 'new_value', 'actor_id'])
        .orderBy('id')
        .execute(),
    )
    expect(entries.map(({ action }) => action)).toEqual([
      'student-added',
      'import-taken',
      'student-changed',
      'import-taken',
    ])
    expect(entries[2]).toMatchObject({
      actor_id: college.teacher.id,
      subject_id: student.personId,
      old_value: { fullName: 'Ana', batch: '2025' },
      new_value: { fullName: 'Ana Romero', batch: '2026' },
    })
  })

  test('of 6,000 is taken whole, and known again', async () => {
    const lines = Array.from({ length: 6_000 }, (_, i) => `U${i},Student ${i},u${i}@college.edu,,2026,Physics`)
    const bytes = aCsv([LIST_HEADER.join(','), ...lines])
    const sheet = { as: college.teacher, classId: college.class.id, bytes }
    expect((await anImport(app, sheet)).counts).toMatchObject({ new: 6_000, error: 0 })
    expect(await listed()).toHaveLength(6_000)
    expect((await aDraft(app, sheet)).counts).toMatchObject({ same: 6_000 })
  })
})

describe('someone who is known already', () => {
  test('joins with the account they have', async () => {
    const other = await aClass(app, college.institution)
    await upload([['R1', 'Ana', 'ana@college.edu']], { to: other, as: college.admin })
    const { id } = await upload([['R1', 'Ana']])
    expect(await rowsOf(id)).toMatchObject([
      { outcome: 'changed', changes: [{ column: 'class', from: null, to: college.class.name }], kept: null },
    ])
    expect(await listed()).toEqual(await listed(other))
  })

  test('comes back after leaving, as a second stay', async () => {
    await upload([['R1', 'Ana']])
    const { personId } = nth(await listed(), 0)
    await app.db.inInstitution(college.institution.id, (tx) =>
      tx.updateTable('class_students').set({ left_at: app.clock.now() }).execute(),
    )
    app.clock.advance(60_000)
    expect((await upload([['R1', 'Ana']])).counts.changed).toBe(1)
    expect(nth(await listed(), 0).personId).toBe(personId)
  })

  test('by e-mail under another roll number is an error, for a teacher’s address too', async () => {
    await upload([['R1', 'Ana', 'ana@college.edu']])
    const { id } = await upload([
      ['R2', 'Ben', 'ana@college.edu'],
      ['R3', 'Cem', college.teacher.email],
    ])
    expect((await rowsOf(id)).map(faults)).toEqual([['C2: email-of-another-person'], ['C3: email-of-another-person']])
    expect(await listed()).toHaveLength(1)
  })

  test('but is no student stays what they are', async () => {
    await aPerson(app, college.institution, { roles: ['teacher'], rollNo: 'T1' })
    const { id } = await upload([['T1', 'Tim']])
    expect((await rowsOf(id)).map(faults)).toEqual([['A2: not-a-student']])
  })

  test('in another institution is nobody here', async () => {
    const elsewhere = await aCollege(app, { students: 0 })
    await upload([['R1', 'Ana', 'ana@college.edu']], { as: elsewhere.teacher, to: elsewhere.class })
    expect((await upload([['R1', 'Ana', 'ana@college.edu']])).counts.new).toBe(1)
  })
})

describe('a file that is no list', () => {
  const manyLines = (count: number) => Array.from({ length: count }, (_, i) => `${i},Name ${i}`)
  const cases: [string, string, number, () => Buffer][] = [
    ['that is no spreadsheet', 'file-unreadable', 422, () => Buffer.from('89504e470d0a1a0a0000000d', 'hex')],
    ['that is empty', 'file-empty', 422, () => Buffer.alloc(0)],
    ['with nothing under its header', 'file-empty', 422, () => anXlsx([LIST_HEADER])],
    ['that is a zip bomb', 'too-large', 413, () => aRawWorkbook({ xml: Buffer.alloc(160 * 1024 * 1024, ' ') })],
    ['of more than 16 MB', 'too-large', 413, () => Buffer.alloc(16 * 1024 * 1024 + 1, 'a')],
    ['with 60,000 rows', 'file-too-many-rows', 422, () => aCsv(['roll_no,full_name', ...manyLines(60_000)])],
    ['with 50,001 rows', 'file-too-many-rows', 422, () => aCsv(['roll_no,full_name', ...manyLines(50_001)])],
  ]
  test.each(cases)(
    '%s is refused, and nothing of it stays',
    async (_, code, status, make) => {
      const query = { classId: college.class.id }
      const reply = await app.call(startImport, { as: college.teacher, query, file: { bytes: make() } })
      expect([reply.error, reply.status]).toEqual([code, status])
      const left = await app.db.inInstitution(college.institution.id, (tx) =>
        tx.selectFrom('imports').select('id').execute(),
      )
      expect(left).toEqual([])
    },
    60_000,
  )
})

test('invites go by mail where mail is sent and there is an address', async () => {
  const mailing = await createTestApp({
    mailer: { send: async () => undefined, check: async () => true, close: () => undefined },
  })
  const { class: taught, teacher } = await aCollege(mailing, { students: 0 })
  const bytes = anXlsx([LIST_HEADER, ['R1', 'Ana', 'ana@college.edu'], ['R2', 'Ben']])
  const { id, invitable } = await anImport(mailing, { as: teacher, classId: taught.id, bytes })
  expect(invitable).toEqual({ byMail: 1, byLink: 1 })
  expect(mailing.jobs.queued).toEqual([])
  const { body } = await mailing.call(inviteImported, { as: teacher, params: { importId: id } })
  expect(body.mailed).toBe(1)
  expect(body.links.map(({ rollNo }) => rollNo)).toEqual(['R2'])
  expect(mailing.jobs.queued).toHaveLength(1)
  await mailing.close()
})
