import path from 'node:path'
import type { Zip } from './open-zip.ts'
import { packZip } from './pack-zip.ts'
import { SheetError } from './sheet.ts'

const WORKBOOK = 'xl/workbook.xml'
const RELATIONS = 'xl/_rels/workbook.xml.rels'

/** The parts of a workbook that the cells of one sheet are made of, inflated. */
export type WorkbookParts = { sheet: Buffer; sharedStrings: Buffer | null; styles: Buffer | null }

/**
 * Takes the first visible sheet of a workbook: hidden ones hold lists for drop-downs, nobody means them.
 * @throws SheetError
 */
export function readWorkbookParts(zip: Zip): WorkbookParts {
  if (!zip.has(WORKBOOK) || !zip.has(RELATIONS)) throw new SheetError('file-unreadable')
  const relations = readRelations(zip.read(RELATIONS).toString())
  const sheetId = idOfFirstSheet(zip.read(WORKBOOK).toString())
  const sheet = relations.find(({ id }) => id === sheetId)
  if (!sheet) throw new SheetError('file-unreadable')
  const readOf = (type: string) => {
    const part = relations.find((relation) => relation.type.endsWith(type))?.part
    return part !== undefined && zip.has(part) ? zip.read(part) : null
  }
  return { sheet: zip.read(sheet.part), sharedStrings: readOf('/sharedStrings'), styles: readOf('/styles') }
}

function idOfFirstSheet(workbook: string): string | undefined {
  const sheets = [...workbook.matchAll(/<(?:\w+:)?sheet\s([^>]*)>/g)].map((match) => match[1] ?? '')
  const visible = sheets.find((attributes) => !/\bstate="(hidden|veryHidden)"/.test(attributes)) ?? sheets[0] ?? ''
  return /\b\w+:id="([^"]+)"/.exec(visible)?.[1]
}

function readRelations(xml: string): { id: string; type: string; part: string }[] {
  return [...xml.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)].map(([relation]) => {
    const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(relation)?.[1] ?? ''
    const target = attribute('Target')
    const part = target.startsWith('/') ? target.slice(1) : path.posix.join('xl', target)
    return { id: attribute('Id'), type: attribute('Type'), part }
  })
}

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** The smallest workbook with these parts, uncompressed: nothing in it but what was inflated and counted. */
export function packWorkbook({ sheet, sharedStrings, styles }: WorkbookParts): Buffer {
  const parts = [
    { kind: 'worksheet', file: 'sheet1.xml', bytes: sheet },
    { kind: 'sharedStrings', file: 'sharedStrings.xml', bytes: sharedStrings },
    { kind: 'styles', file: 'styles.xml', bytes: styles },
  ].flatMap(({ bytes, ...part }) => (bytes === null ? [] : [{ ...part, bytes }]))
  const types = parts.map(({ kind, file }) => `<Override PartName="/xl/${file}" ContentType="${TYPES}.${kind}+xml"/>`)
  const relations = parts.map(
    ({ kind, file }) => `<Relationship Id="${kind}" Type="${OFFICE}/${kind}" Target="${file}"/>`,
  )
  const texts = {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>${types.join('')}</Types>`,
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="book" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    [WORKBOOK]: `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Sheet1" sheetId="1" r:id="worksheet"/></sheets></workbook>`,
    [RELATIONS]: `<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}</Relationships>`,
  }
  return packZip([
    ...Object.entries(texts).map(([name, text]) => ({ name, bytes: Buffer.from(`<?xml version="1.0"?>${text}`) })),
    ...parts.map(({ file, bytes }) => ({ name: `xl/${file}`, bytes })),
  ])
}
