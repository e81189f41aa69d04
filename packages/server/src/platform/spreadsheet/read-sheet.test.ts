import { utils, write } from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { aCsv, anXlsx, aRawWorkbook, aSheet, aZip } from '../../testing/builders-sheets.ts'
import { createSheetReader, type ReadSheet } from './read-sheet.ts'
import type { SheetBatch } from './sheet.ts'

const MB = 1024 * 1024
const LIMITS = { maxRows: 100, maxColumns: 20, maxInflatedBytes: 8 * MB, textParts: ['users.csv', 'classes.csv'] }
const readSheet = createSheetReader({ atOnce: 2, timeoutMs: 15_000 })
async function batchesOf(reader: ReadSheet, bytes: Buffer) {
  const batches: SheetBatch[] = []
  for await (const batch of reader(bytes, LIMITS)) batches.push(batch)
  return batches
}
const readWith = async (reader: ReadSheet, bytes: Buffer) =>
  (await batchesOf(reader, bytes)).flatMap(({ rows }) => rows)
const read = (bytes: Buffer) => readWith(readSheet, bytes)
const problemOf = (bytes: Buffer) =>
  read(bytes).then(
    () => 'read',
    (error) => error.code,
  )
const cellsOf = async (bytes: Buffer) => (await read(bytes)).map((row) => row.cells)

describe('a workbook', () => {
  test('gives its rows under the numbers the spreadsheet shows', async () => {
    const rows = await read(anXlsx([['roll_no', 'full_name'], [], ['1', 'Ana'], [null, null], ['2', 'Łukasz']]))
    expect(rows).toEqual([
      { row: 1, cells: ['roll_no', 'full_name'] },
      { row: 3, cells: ['1', 'Ana'] },
      { row: 5, cells: ['2', 'Łukasz'] },
    ])
  })

  test.each([
    ['a phone number', 9_876_543_210, '9876543210'],
    ['a number shown as 9.88E+09', { number: 9_876_543_210, format: '0.00E+00' }, '9876543210'],
    ['fifteen digits', 123_456_789_012_345, '123456789012345'],
    ['a number padded by its format', { number: 42, format: '00000' }, '00042'],
    ['text with leading zeros', '007', '007'],
    ['a decimal number', 12.5, '12.5'],
  ])('reads %s digit by digit', async (_, cell, text) => {
    expect(await cellsOf(anXlsx([[cell]]))).toEqual([[text]])
  })

  test.each([
    ['a number that has lost digits', 2 ** 60],
    ['a time of day', { number: 0.5, format: 'hh:mm' }],
    ['a truth value', true],
  ])('says that %s is no text', async (_, cell) => {
    expect(await cellsOf(anXlsx([['a', cell]]))).toEqual([['a', { kind: 'odd', text: expect.any(String) }]])
  })

  test('gives a date as its day, in both ways of counting', async () => {
    const day = { number: 45_000, format: 'd.m.yyyy' }
    expect(await cellsOf(anXlsx([['a', day]]))).toEqual([['a', { kind: 'date', text: '2023-03-15' }]])
    const book = utils.book_new()
    utils.book_append_sheet(book, aSheet([[day]]), 'Students')
    book.Workbook = { WBProps: { date1904: true } }
    const since1904 = write(book, { type: 'buffer', bookType: 'xlsx' })
    expect(await cellsOf(since1904)).toEqual([[{ kind: 'date', text: '2027-03-16' }]])
  })

  test('reads no further than its columns, and cuts a cell of ten megabytes', async () => {
    const rows = `<row r="1"><c r="A1" t="inlineStr"><is><t>${'x'.repeat(7 * MB)}</t></is></c><c r="XFD1"><v>1</v></c></row>`
    const [cells] = await cellsOf(aRawWorkbook({ rows }))
    expect(cells).toEqual(['x'.repeat(2000)])
    const wide = `<row r="1">${Array.from({ length: 16_384 }, (_, i) => `<c><v>${i}</v></c>`).join('')}</row>`
    expect((await cellsOf(aRawWorkbook({ rows: wide })))[0]).toHaveLength(20)
  })

  test('hands over its rows some at a time, and is not read on when nobody takes them', async () => {
    const reader = createSheetReader({ atOnce: 1, timeoutMs: 15_000 })
    const many = aCsv(Array.from({ length: 6_000 }, (_, i) => `${i},Name`))
    const sizes: number[] = []
    for await (const { rows } of reader(many, { ...LIMITS, maxRows: 10_000 })) sizes.push(rows.length)
    expect(sizes).toEqual(Array(24).fill(250))
    for await (const _ of reader(many, { ...LIMITS, maxRows: 10_000 })) break
    expect(await readWith(reader, aCsv(['a,b']))).toHaveLength(1)
  })

  test('names formulas and never their results', async () => {
    expect(await cellsOf(anXlsx([['a', { formula: 'HYPERLINK("http://evil.example","Ana")' }]]))).toEqual([
      ['a', { kind: 'formula', text: '=HYPERLINK("http://evil.example","Ana")' }],
    ])
  })

  test('names every cell of a shared and of an array formula', async () => {
    const cell = (at: string, f: string) => `<c r="${at}"><f ${f}</f><v>1</v></c>`
    const rows = `<row r="1">${cell('A1', 't="shared" ref="A1:A2" si="0">B1+1')}</row><row r="2">${cell('A2', 't="shared" si="0">')}</row>
      <row r="3">${cell('A3', 't="array" ref="A3:A4">B1:B2')}</row><row r="4"><c r="A4"><v>1</v></c></row>`
    for (const [cells] of (await read(aRawWorkbook({ rows }))).map((row) => row.cells))
      expect(cells).toMatchObject({ kind: 'formula' })
  })

  test('takes the first sheet that is not hidden', async () => {
    const book = utils.book_new()
    utils.book_append_sheet(book, aSheet([['of a drop-down']]), 'Lists')
    utils.book_append_sheet(book, aSheet([['roll_no']]), 'Students')
    book.Workbook = { Sheets: [{ Hidden: 1 }, { Hidden: 0 }] }
    expect(await cellsOf(write(book, { type: 'buffer', bookType: 'xlsx' }))).toEqual([['roll_no']])
  })

  test('joins the runs of a formatted text and reads what is kept in the cell itself', async () => {
    const rows = '<row r="1"><c r="A1" t="inlineStr"><is><r><t>An</t></r><r><t>a &amp; B</t></r></is></c></row>'
    expect(await cellsOf(aRawWorkbook({ rows }))).toEqual([['Ana & B']])
  })

  test('reads rows and cells that carry no address, and prefixed names', async () => {
    const inline = (text: string) => `<x:c t="inlineStr"><x:is><x:t>${text}</x:t></x:is></x:c>`
    const xml = `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row>${inline('a')}${inline('b')}</x:row><x:row>${inline('c')}</x:row></x:sheetData></x:worksheet>`
    expect(await cellsOf(aRawWorkbook({ xml: Buffer.from(xml) }))).toEqual([['a', 'b'], ['c']])
  })

  test('passes over a million formatted rows with nothing in them', async () => {
    const empty = Array.from({ length: 20_000 }, (_, i) => `<row r="${i + 2}"><c r="A${i + 2}" s="1"/></row>`).join('')
    const rows = `<row r="1"><c r="A1"><v>7</v></c></row>${empty}<row r="1048576" ht="20"/>`
    expect(await cellsOf(aRawWorkbook({ rows }))).toEqual([['7']])
  })
})

describe('a text table', () => {
  test.each([
    ['comma', 'a,b\r\n1,"x, y"\r\n', ['1', 'x, y']],
    ['semicolon', 'a;b\n1;"x; y"\n', ['1', 'x; y']],
    ['tab', 'a\tb\n1\tx y\n', ['1', 'x y']],
    ['semicolon named by Excel', 'sep=;\r\na;b\r\n1;x,y\r\n', ['1', 'x,y']],
    ['semicolon with commas in the title', '"a, of all",b;c;d\n1;x;y', ['1', 'x', 'y']],
  ])('is split by %s', async (_, text, cells) => {
    expect((await cellsOf(Buffer.from(text))).at(-1)).toEqual(cells)
  })

  test.each([
    ['UTF-8', Buffer.from('a,Łukasz Ünal')],
    ['UTF-8 with a mark', Buffer.from('\ufeffa,Łukasz Ünal')],
    ['UTF-16', Buffer.from('\ufeffa,Łukasz Ünal', 'utf16le')],
    ['UTF-16 the other way round', Buffer.from('\ufeffa,Łukasz Ünal', 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from('a,Łukasz Ünal', 'utf16le')],
  ])('is read in %s', async (_, bytes) => {
    expect(await cellsOf(bytes)).toEqual([['a', 'Łukasz Ünal']])
  })

  test('is read in Windows-1252 where it is no UTF-8', async () => {
    expect(await cellsOf(Buffer.from([0x61, 0x2c, 0x4a, 0x6f, 0xe3, 0x6f, 0x20, 0x80]))).toEqual([['a', 'João €']])
  })

  test('counts rows as a spreadsheet does: empty lines count, lines inside a cell do not', async () => {
    const rows = await read(Buffer.from('a,b\r\n\r\n"two\nlines",x\r\n,,\r\nlast,y'))
    expect(rows.map(({ row }) => row)).toEqual([1, 3, 5])
  })

  test('names formulas', async () => {
    expect(await cellsOf(aCsv(["1,=cmd|' /C calc'!A0,+1 202"]))).toEqual([
      ['1', { kind: 'formula', text: "=cmd|' /C calc'!A0" }, '+1 202'],
    ])
  })
})

test('a zip of text tables gives those that are asked for, in the order they are asked for', async () => {
  const part = (name: string, text: string) => ({ name, bytes: Buffer.from(text) })
  const zip = aZip([part('export/classes.csv', 'c,d'), part('export/other.csv', 'x'), part('export/users.csv', 'a,b')])
  expect(await batchesOf(readSheet, zip)).toEqual([
    { part: 'users.csv', rows: [{ row: 1, cells: ['a', 'b'] }] },
    { part: 'classes.csv', rows: [{ row: 1, cells: ['c', 'd'] }] },
  ])
})

describe('a file that is none is refused in its own words:', () => {
  const bomb = () => aRawWorkbook({ xml: Buffer.alloc(64 * MB, ' ') })
  const encryptedPart = aZip([{ name: 'xl/workbook.xml', bytes: Buffer.from('<a/>'), encrypted: true }])
  const manyParts = () =>
    aZip(Array.from({ length: 3000 }, (_, i) => ({ name: `xl/${i}.xml`, bytes: Buffer.from('x'), stored: true })))
  const billionLaughs = () =>
    aRawWorkbook({
      xml: Buffer.from(
        `<!DOCTYPE w [<!ENTITY a "ha">${Array.from({ length: 20 }, (_, i) => `<!ENTITY a${i} "${`&a${i - 1};`.repeat(10)}">`).join('')}]><worksheet><sheetData><row><c t="inlineStr"><is><t>&a19;</t></is></c></row></sheetData></worksheet>`,
      ),
    })
  test.each<[string, string, () => Buffer]>([
    ['nothing at all', 'file-empty', () => Buffer.alloc(0)],
    ['white space', 'file-empty', () => Buffer.from(' \r\n,,\r\n')],
    ['a workbook without a cell', 'file-empty', () => anXlsx([[]])],
    ['a JPEG', 'file-unreadable', () => Buffer.from('ffd8ffe000104a46494600010100', 'hex')],
    ['a PDF', 'file-unreadable', () => Buffer.from('%PDF-1.7\n%\u0001\u0002\n1 0 obj')],
    ['a PDF of text', 'file-unreadable', () => Buffer.from('%PDF-1.7')],
    ['a web page called .xls', 'file-unreadable', () => Buffer.from(' <html><table><tr><td>roll_no')],
    ['an encrypted workbook or an old .xls', 'file-unreadable', () => Buffer.from('d0cf11e0a1b11ae1000000', 'hex')],
    [
      'a zip with another document in it',
      'file-unreadable',
      () => aZip([{ name: 'word/a.xml', bytes: Buffer.from('a') }]),
    ],
    ['a zip with a password', 'file-unreadable', () => encryptedPart],
    ['a truncated workbook', 'file-unreadable', () => anXlsx([['a']]).subarray(0, 900)],
    ['a zip inside a workbook', 'file-unreadable', () => aRawWorkbook({ xml: anXlsx([['a']]) })],
    ['a zip of very many parts', 'file-unreadable', manyParts],
    ['a zip bomb', 'too-large', bomb],
    ['more rows than allowed, as a workbook', 'file-too-many-rows', () => anXlsx(Array(101).fill(['a']))],
    ['more rows than allowed, as text', 'file-too-many-rows', () => aCsv(Array(101).fill('a,b'))],
    ['a workbook with entities of its own', 'file-unreadable', billionLaughs],
    ['a sheet of brackets that never close', 'file-unreadable', () => aRawWorkbook({ rows: '<a>'.repeat(300_000) })],
    ['a sheet that is no XML', 'file-unreadable', () => aRawWorkbook({ rows: '<row><c></row>' })],
    ['a sheet of one endless tag', 'file-unreadable', () => aRawWorkbook({ rows: `<row ${'x'.repeat(MB)}` })],
    ['a zip of other text tables', 'file-unreadable', () => aZip([{ name: 'other.csv', bytes: Buffer.from('a,b') }])],
    ['a quote that never ends', 'file-unreadable', () => Buffer.from(`a,b\n"${'x,'.repeat(100_000)}`)],
  ])('%s is %s', async (_, code, make) => {
    expect(await problemOf(make())).toBe(code)
  })

  test('a bomb that lies about its size is not believed', async () => {
    const bytes = Buffer.alloc(32 * MB, ' ')
    const lying = aZip([
      { name: 'xl/workbook.xml', bytes, claimedBytes: 10 },
      { name: 'xl/_rels/workbook.xml.rels', bytes, claimedBytes: 10 },
    ])
    expect(await problemOf(lying)).toBe('too-large')
  })

  test('a bomb in a part that nobody needs is not inflated', async () => {
    const rows = '<row r="1"><c r="A1"><v>7</v></c></row>'
    const picture = { name: 'xl/media/image1.png', bytes: Buffer.alloc(32 * MB) }
    expect(await cellsOf(aRawWorkbook({ rows }, [picture]))).toEqual([['7']])
  })

  test('a file that keeps the reader busy is given up, and the next one is read', async () => {
    const hasty = createSheetReader({ atOnce: 1, timeoutMs: 1 })
    const rows = anXlsx(Array(90).fill(['a', 'b']))
    const given = await Promise.allSettled([readWith(hasty, rows), readWith(hasty, rows)])
    expect(given.map((each) => each.status)).toEqual(['rejected', 'rejected'])
    expect(await read(rows)).toHaveLength(90)
  })
})
