import { crc32, deflateRawSync } from 'node:zlib'
import { utils, type WorkSheet, write } from '@e965/xlsx'

/** A part of a zip, deflated unless it says otherwise; what the header claims of its size may be a lie. */
export type ZipPart = { name: string; bytes: Buffer; stored?: boolean; encrypted?: boolean; claimedBytes?: number }

export function aZip(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const part of parts) {
    const packed = part.stored ? part.bytes : deflateRawSync(part.bytes)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(part.encrypted ? 1 : 0, 2)
    fields.writeUInt16LE(part.stored ? 0 : 8, 4)
    fields.writeUInt32LE(crc32(part.bytes), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(part.claimedBytes ?? part.bytes.length, 18)
    fields.writeUInt16LE(Buffer.byteLength(part.name), 22)
    const name = Buffer.from(part.name)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at, 10)
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\0', 'latin1'), fields, tail, name]))
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), fields, name])
    bodies.push(local, packed)
    at += local.length + packed.length
  }
  const entries = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(entries.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...bodies, entries, end])
}

const RELATIONSHIP = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** The least that is a workbook, with this XML between `<sheetData>` and its end, or in place of the whole sheet. */
export function aRawWorkbook(sheet: { rows: string } | { xml: Buffer }, more: readonly ZipPart[] = []): Buffer {
  const xml =
    'xml' in sheet
      ? sheet.xml
      : Buffer.from(
          `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${sheet.rows}</sheetData></worksheet>`,
        )
  return aZip([
    { name: '[Content_Types].xml', bytes: Buffer.from('<Types/>') },
    {
      name: 'xl/workbook.xml',
      bytes: Buffer.from('<workbook><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'),
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      bytes: Buffer.from(
        `<Relationships><Relationship Id="rId1" Type="${RELATIONSHIP}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      ),
    },
    { name: 'xl/worksheets/sheet1.xml', bytes: xml },
    ...more,
  ])
}

/** Cells as a spreadsheet program saves them; `null` leaves one out. */
export type SheetCell = string | number | boolean | null | { formula: string } | { number: number; format: string }

/** An .xlsx of one sheet. */
export function anXlsx(rows: readonly (readonly SheetCell[])[]): Buffer {
  const book = utils.book_new()
  utils.book_append_sheet(book, aSheet(rows), 'Students')
  return write(book, { type: 'buffer', bookType: 'xlsx', compression: true })
}

export function aSheet(rows: readonly (readonly SheetCell[])[]): WorkSheet {
  const sheet: WorkSheet = utils.aoa_to_sheet(rows.map((row) => row.map((cell) => (isPlain(cell) ? cell : 'x'))))
  for (const [r, row] of rows.entries())
    for (const [c, cell] of row.entries()) {
      if (isPlain(cell)) continue
      sheet[utils.encode_cell({ r, c })] =
        'formula' in cell ? { t: 'n', f: cell.formula, v: 2 } : { t: 'n', v: cell.number, z: cell.format }
    }
  return sheet
}

const isPlain = (cell: SheetCell) => typeof cell !== 'object' || cell === null

export const aCsv = (lines: readonly string[]): Buffer => Buffer.from(`${lines.join('\r\n')}\r\n`)
