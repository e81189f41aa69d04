import path from 'node:path'
import { type NumberFormat, numberFormatOf } from './number-format.ts'
import type { Zip } from './open-zip.ts'
import { readWholeXml } from './read-xml.ts'
import { CELL_CHARACTERS, SheetError } from './sheet.ts'

const WORKBOOK = 'xl/workbook.xml'
const RELATIONS = 'xl/_rels/workbook.xml.rels'
/** Relations, sheets and formats of a real workbook are some hundreds. */
const MOST_ENTRIES = 20_000

export const isWorkbook = (zip: Zip): boolean => zip.has(WORKBOOK) && zip.has(RELATIONS)

/** What the cells of one sheet need to be understood. */
export type Workbook = {
  /** The part of the first visible sheet: hidden ones hold lists for drop-downs, nobody means them. */
  sheetPart: string
  sharedStrings: readonly string[]
  /** By the number of a cell's style. */
  formats: readonly NumberFormat[]
  epoch: 1900 | 1904
}

/** @throws SheetError */
export async function openWorkbook(zip: Zip): Promise<Workbook> {
  const relations = await readRelations(zip)
  const { sheetId, epoch } = await readBook(zip)
  const sheetPart = relations.find(({ id }) => id === sheetId)?.part
  if (sheetPart === undefined) throw new SheetError('file-unreadable')
  const partOf = (type: string) => relations.find((relation) => relation.type.endsWith(type))?.part
  return {
    sheetPart,
    sharedStrings: await readSharedStrings(zip, partOf('/sharedStrings')),
    formats: await readFormats(zip, partOf('/styles')),
    epoch,
  }
}

type Relation = { id: string; type: string; part: string }

async function readRelations(zip: Zip): Promise<Relation[]> {
  const relations: Relation[] = []
  await readWholeXml(zip.stream(RELATIONS), {
    open(name, { Id = '', Type = '', Target = '' }) {
      if (name !== 'Relationship') return
      if (relations.length === MOST_ENTRIES) throw new SheetError('file-unreadable')
      const part = Target.startsWith('/') ? Target.slice(1) : path.posix.join('xl', Target)
      relations.push({ id: Id, type: Type, part })
    },
  })
  return relations
}

async function readBook(zip: Zip): Promise<{ sheetId: string | undefined; epoch: 1900 | 1904 }> {
  let first: string | undefined
  let visible: string | undefined
  let epoch: 1900 | 1904 = 1900
  await readWholeXml(zip.stream(WORKBOOK), {
    open(name, attributes) {
      if (name === 'workbookPr' && /^(1|true)$/.test(attributes.date1904 ?? '')) epoch = 1904
      if (name !== 'sheet') return
      const id = Object.entries(attributes).find(([key]) => /^\w+:id$/.test(key))?.[1]
      first ??= id
      if (!/^(very)?hidden$/i.test(attributes.state ?? '')) visible ??= id
    },
  })
  return { sheetId: visible ?? first, epoch }
}

async function readSharedStrings(zip: Zip, part: string | undefined): Promise<string[]> {
  const strings: string[] = []
  if (part === undefined || !zip.has(part)) return strings
  let text = ''
  let isText = false
  let isPhonetic = false
  await readWholeXml(zip.stream(part), {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') isPhonetic = true
      else if (name === 't') isText = !isPhonetic
    },
    text(piece) {
      if (isText && text.length < CELL_CHARACTERS) text += piece.slice(0, CELL_CHARACTERS)
    },
    close(name) {
      if (name === 't') isText = false
      else if (name === 'rPh') isPhonetic = false
      else if (name === 'si') strings.push(text.slice(0, CELL_CHARACTERS))
      return false
    },
  })
  return strings
}

async function readFormats(zip: Zip, part: string | undefined): Promise<NumberFormat[]> {
  const codes = new Map<number, string>()
  const formats: NumberFormat[] = []
  if (part === undefined || !zip.has(part)) return formats
  let isOfCells = false
  await readWholeXml(zip.stream(part), {
    open(name, attributes) {
      if (codes.size + formats.length > MOST_ENTRIES) throw new SheetError('file-unreadable')
      const id = Number(attributes.numFmtId)
      if (name === 'cellXfs') isOfCells = true
      else if (name === 'numFmt') codes.set(id, attributes.formatCode ?? '')
      else if (name === 'xf' && isOfCells) formats.push(numberFormatOf(id, codes.get(id)))
    },
    close(name) {
      if (name === 'cellXfs') isOfCells = false
      return false
    },
  })
  return formats
}
