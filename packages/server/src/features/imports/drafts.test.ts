import {
  correctImportCell,
  discardImport,
  downloadImportFaults,
  downloadImportTemplate,
  getImport,
  type ImportView,
  listImportRows,
  listImports,
  mapImport,
  sentenceOf,
} from '@app/contract'
import { COLUMNS, SHEET_KINDS } from '@app/domain'
import { read, utils } from '@e965/xlsx'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aPerson, signInAgain } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { aDraft, anImport, takeDraft } from '../../testing/builders-imports.ts'
import { aCsv, anXlsx, type SheetCell } from '../../testing/builders-sheets.ts'
import { startImports } from './index.ts'

let app: TestApp
let college: TestCollege
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  college = await aCollege(app, { students: 1 })
})

const draftOf = (rows: SheetCell[][]) => aDraft(app, { as: college.admin, bytes: anXlsx(rows) })
const rowsOf = async (importId: string, query: { show?: 'all' | 'error'; page?: number } = {}) =>
  (await app.call(listImportRows, { as: college.admin, params: { importId }, query })).body
type Mapping = { kind: 'students'; columns: ('roll_no' | 'full_name' | 'email' | null)[]; hasHeader: boolean }
const map = ({ id: importId }: ImportView, body: Mapping) =>
  app.call(mapImport, { as: college.admin, params: { importId }, body })

describe('columns that nobody knows', () => {
  const rows = [
    ['Kennung', 'Rufname'],
    ['R7', 'Ana'],
    ['R8', 'Ben'],
  ]

  test('are asked about with some of their values, then read, then remembered', async () => {
    const draft = await draftOf(rows)
    expect(draft).toMatchObject({
      state: 'unmapped',
      kind: null,
      columns: [
        { title: 'Kennung', column: null, samples: ['R7', 'R8'] },
        { title: 'Rufname', column: null, samples: ['Ana', 'Ben'] },
      ],
    })
    const mapped = await map(draft, { kind: 'students', columns: ['roll_no', 'full_name'], hasHeader: true })
    expect(mapped.body).toMatchObject({ state: 'ready', kind: 'students', counts: { new: 2 } })
    const next = await draftOf([
      ['kennung ', 'RUFNAME'],
      ['R9', 'Cem'],
    ])
    expect(next).toMatchObject({ state: 'ready', kind: 'students', counts: { new: 1 } })
    const elsewhere = await aCollege(app)
    expect((await aDraft(app, { as: elsewhere.admin, bytes: anXlsx(rows) })).state).toBe('unmapped')
  })

  test('may be none: the first row is data then', async () => {
    const draft = await draftOf(rows.slice(1))
    const mapped = await map(draft, { kind: 'students', columns: ['roll_no', 'full_name'], hasHeader: false })
    expect(mapped.body).toMatchObject({ hasHeader: false, counts: { new: 2 } })
    expect((await takeDraft(app, college.admin, draft.id)).counts.new).toBe(2)
  })

  test('must give what the kind needs, each once', async () => {
    const draft = await draftOf(rows)
    const ask = (columns: Mapping['columns']) => map(draft, { kind: 'students', columns, hasHeader: true })
    expect((await ask(['roll_no', null])).error).toBe('import-columns-missing')
    expect((await ask(['roll_no', 'roll_no'])).error).toBe('import-columns-missing')
  })

  test('are read anew when somebody thinks again', async () => {
    const draft = await draftOf([
      ['roll_no', 'full_name', 'Second'],
      ['R7', 'Ana', 'a@b.edu'],
    ])
    expect(draft.ignored).toEqual(['Second'])
    const again = await map(draft, { kind: 'students', columns: ['roll_no', 'full_name', 'email'], hasHeader: true })
    expect(again.body).toMatchObject({ ignored: [], counts: { new: 1 } })
    expect((await rowsOf(draft.id)).rows).toMatchObject([{ texts: [{}, {}, { column: 'email', text: 'a@b.edu' }] }])
  })
})

describe('correcting a cell', () => {
  const correct = (importId: string, n: number, column: 'roll_no' | 'full_name' | 'email', text: string) =>
    app.call(correctImportCell, { as: college.admin, params: { importId, n }, body: { column, text } })

  test('judges the row again, and the rows it was or becomes like', async () => {
    const { id } = await draftOf([
      ['roll_no', 'full_name', 'email'],
      ['A1', 'Ana', 'a@b.edu'],
      ['A1', 'Ben', 'a@b.edu'],
      ['A3', 'Cem', 'not one'],
    ])
    const outcomes = async () => (await rowsOf(id)).rows.map(({ outcome }) => outcome)
    expect(await outcomes()).toEqual(['new', 'error', 'error'])
    const first = await correct(id, 2, 'roll_no', 'A2')
    expect(first.body).toMatchObject({ row: { outcome: 'new' }, counts: { error: 2, new: 1 } })
    await correct(id, 2, 'email', '')
    expect(await outcomes()).toEqual(['new', 'new', 'error'])
    expect((await correct(id, 4, 'email', 'a@b.edu')).body.row.problems).toMatchObject([
      { code: 'duplicate-email', otherRow: 3 },
    ])
    expect((await correct(id, 4, 'email', 'c@b.edu')).body.counts).toEqual({ new: 3, changed: 0, same: 0, error: 0 })
    expect((await takeDraft(app, college.admin, id)).differing).toBe(0)
  })

  test('may say what the sheet has no column for', async () => {
    const { id } = await draftOf([
      ['subject_code', 'class'],
      ['CS1', 'A'],
    ])
    const { rows } = await rowsOf(id)
    expect(nth(rows, 0).problems).toMatchObject([{ code: 'subject-name-needed', cell: null }])
    const reply = await app.call(correctImportCell, {
      as: college.admin,
      params: { importId: id, n: 2 },
      body: { column: 'subject_name', text: 'Computing' },
    })
    expect(reply.body.row).toMatchObject({ outcome: 'new', problems: [] })
  })

  test('makes good what names it', async () => {
    const { id } = await draftOf([
      ['subject_code', 'subject_name', 'class'],
      ['CS1', 'Computing', 'A'],
      ['CS1', 'Computers', 'B'],
      ['CS1', 'Computers', 'C'],
    ])
    const outcomes = async () => (await rowsOf(id)).rows.map(({ outcome }) => outcome)
    expect(await outcomes()).toEqual(['new', 'error', 'error'])
    await app.call(correctImportCell, {
      as: college.admin,
      params: { importId: id, n: 2 },
      body: { column: 'subject_name', text: 'Computers' },
    })
    expect(await outcomes()).toEqual(['new', 'new', 'new'])
    expect(await takeDraft(app, college.admin, id)).toMatchObject({ state: 'taken', differing: 0 })
  })

  test('is over when the import is taken', async () => {
    const { id } = await anImport(app, { as: college.admin, bytes: aCsv(['roll_no,full_name', 'A1,Ana']) })
    expect((await correct(id, 2, 'full_name', 'X')).error).toBe('already-done')
  })
})

test('the rows come a page at a time, all or of one kind', async () => {
  const rows = Array.from({ length: 120 }, (_, i) => [`P${i}`, i % 40 === 0 ? '' : `Name ${i}`])
  const { id } = await draftOf([['roll_no', 'full_name'], ...rows])
  expect(await rowsOf(id, { page: 3 })).toMatchObject({ total: 120, rows: { length: 20 } })
  const faulty = await rowsOf(id, { show: 'error' })
  expect([faulty.total, faulty.rows.map(({ row }) => row)]).toEqual([3, [2, 42, 82]])
})

test('the faulty rows come as a sheet with the reason beside each, which can be corrected and imported', async () => {
  const { id } = await draftOf([
    ['Nickname', 'Roll no', 'Name', 'E-mail'],
    ['x', 'A1', 'Ana', 'ana at b'],
    ['y', 'A2', '', ''],
    ['z', 'A3', 'Cem', ''],
  ])
  const reply = await app.call(downloadImportFaults, { as: college.admin, params: { importId: id } })
  const book = read(reply.raw.rawPayload)
  const lines = utils.sheet_to_json<string[]>(nth(Object.values(book.Sheets), 0), { header: 1 })
  expect(lines).toEqual([
    ['roll_no', 'full_name', 'email', 'row in the file', 'what to correct'],
    ['A1', 'Ana', 'ana at b', 2, 'D2: “ana at b” is not a complete e-mail address.'],
    ['A2', '', '', 3, 'C3: Name is empty. Fill it in.'],
  ])
  const again = await aDraft(app, { as: college.admin, bytes: reply.raw.rawPayload })
  expect(again).toMatchObject({ kind: 'students', counts: { error: 2 } })
})

test.each(SHEET_KINDS)('the template for %s is known when it comes back filled in', async (kind) => {
  const csv = await app.call(downloadImportTemplate, { as: college.admin, query: { kind, format: 'csv' } })
  expect(csv.raw.body).toBe(`\ufeff${COLUMNS[kind].map(({ column }) => column).join(',')}\r\n`)
  const workbook = await app.call(downloadImportTemplate, { as: college.admin, query: { kind, format: 'xlsx' } })
  const book = read(workbook.raw.rawPayload)
  expect(book.SheetNames).toEqual([kind, 'How to fill it in'])
  const filled = aCsv([csv.raw.body.trim(), 'x,y,z'])
  expect((await aDraft(app, { as: college.admin, bytes: filled })).kind).toBe(kind)
})

test('drafts are thrown away by hand, or after a day; what was taken keeps its rows for a week', async () => {
  const [kept, thrown] = [
    await draftOf([
      ['roll_no', 'full_name'],
      ['A1', 'A'],
    ]),
    await draftOf([
      ['roll_no', 'full_name'],
      ['A2', 'B'],
    ]),
  ]
  const taken = await anImport(app, { as: college.admin, bytes: aCsv(['roll_no,full_name', 'A3,C']) })
  await app.call(discardImport, { as: college.admin, params: { importId: thrown.id } })
  const listed = async () => {
    const as = await signInAgain(app, college.admin)
    return (await app.call(listImports, { as })).body.imports.map(({ id }) => id)
  }
  expect((await listed()).sort()).toEqual([kept.id, taken.id].sort())
  app.clock.advance(25 * 60 * 60_000)
  await startImports(app.deps)
  await app.jobs.runAll()
  expect(await listed()).toEqual([taken.id])
  const rows = () =>
    app.db.inInstitution(college.institution.id, (tx) => tx.selectFrom('import_rows').select('n').execute())
  expect(await rows()).toHaveLength(2)
  app.clock.advance(7 * 24 * 60 * 60_000)
  await app.jobs.runAll()
  expect(await rows()).toEqual([])
  expect(await listed()).toEqual([taken.id])
  app.clock.advance(-8 * 24 * 60 * 60_000 - 60 * 60_000)
})

test('a teacher sees their own imports, an administrator all of the institution', async () => {
  const bytes = aCsv(['roll_no,full_name', 'A1,Ana'])
  const mine = await aDraft(app, { as: college.teacher, classId: college.class.id, bytes })
  const ofAdmin = await aDraft(app, { as: college.admin, classId: college.class.id, bytes })
  const ids = async (as: { token: string }) =>
    (await app.call(listImports, { as })).body.imports.map(({ id }) => id).sort()
  expect(await ids(college.teacher)).toEqual([mine.id])
  expect(await ids(college.admin)).toEqual([mine.id, ofAdmin.id].sort())
  const get = (as: { token: string }, importId: string) => app.call(getImport, { as, params: { importId } })
  expect((await get(college.teacher, ofAdmin.id)).error).toBe('not-allowed')
  expect((await get((await aCollege(app)).admin, mine.id)).error).toBe('not-found')
})

test('every kind of fault is said in words a clerk understands', async () => {
  await aPerson(app, college.institution, { roles: ['teacher'], rollNo: 'T1' })
  await aPerson(app, college.institution, { roles: ['student'], rollNo: 'X1', email: 'taken@b.edu' })
  const { id } = await draftOf([
    ['roll_no', 'full_name', 'email', 'phone', 'batch'],
    ['', 'Ana', '', '', ''],
    ['A2', '', '', '', ''],
    ['A3', 'Ana', 'ana.b.edu', '', ''],
    ['A4', 'Ana', 'taken@b.edu', '', ''],
    ['A5', 'Ana', 'a5@b.edu', '', ''],
    ['a5', 'Ana', 'A5@b.edu', '', ''],
    ['A7', { formula: 'A1' }, '', '', ''],
    ['A8', '=HYPERLINK("x")', '', '', ''],
    ['A9', 'Ana', '', true, ''],
    ['A10', 'Ana', '', 2 ** 60, ''],
    ['A11', 'Ana', '', '', { number: 45_000, format: 'd.m.yyyy' }],
    ['T1', 'Tim', '', '', ''],
    ['A13'.repeat(20), 'Ana', '', '', ''],
    ['A14', 'Ana', '', '0'.repeat(31), ''],
  ])
  const { rows } = await rowsOf(id, { show: 'error' })
  expect(rows.map(({ problems }) => problems.map((each) => `${each.cell}: ${sentenceOf(each)}`).join(' '))).toEqual([
    'A2: Roll number is empty. Fill it in.',
    'B3: Name is empty. Fill it in.',
    'C4: “ana.b.edu” is not a complete e-mail address.',
    'C5: E-mail “taken@b.edu” belongs to someone else here. Check it.',
    'A7: Roll number “a5” is in row 6 too. Each student needs their own. C7: E-mail “a5@b.edu” is in row 6 too. Each person needs their own.',
    'B8: Name holds a formula: “=A1”. Replace it with its result.',
    'B9: Name holds a formula: “=HYPERLINK("x")”. Replace it with its result.',
    'D10: Phone cannot be read as text: “1”. Type it in again.',
    'D11: Phone cannot be read as text: “1152921504606847000”. Type it in again.',
    'E12: Batch cannot be read as text: “2023-03-15”. Type it in again.',
    'A13: Roll number “T1” belongs to someone who is not a student. Check it.',
    expect.stringMatching(/^A14: Roll number is too long: “(A13){20}”. Shorten it.$/),
    'D15: Phone is too long: “0000000000000000000000000000000”. Shorten it.',
  ])
})
