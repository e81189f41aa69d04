import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { type Batcher, CELL_CHARACTERS, type Cell, type SheetBatch, SheetError, type SheetLimits } from './sheet.ts'

const DELIMITERS = [',', ';', '\t']
/** One record longer than this is a quote that was never closed, not a student. */
const MAX_RECORD_CHARACTERS = 100_000
const CHUNK_CHARACTERS = 64 * 1024
/** A page that a portal calls .xls, a flat OpenDocument, a PDF, a letter. */
const OTHER_TEXT = /^\s*(?:<[a-z?!]|%PDF|\{\\rtf)/i
/** `sep=;` on the first line is Excel's own note to itself. */
const SEPARATOR_LINE = /^"?sep=(.)"?\r?$/i

/**
 * Comma, semicolon or tab separated text in UTF-8, UTF-16 or Windows-1252.
 * @throws SheetError
 */
export async function* parseCsv(
  bytes: Buffer,
  limits: SheetLimits,
  { batcher, part }: { batcher: Batcher; part: string },
): AsyncGenerator<SheetBatch> {
  const text = decode(bytes)
  if (OTHER_TEXT.test(text)) throw new SheetError('file-unreadable')
  const named = SEPARATOR_LINE.exec(text.slice(0, 20).split('\n', 1)[0] ?? '')?.[1]
  const parser = parse({
    delimiter: named ?? guessDelimiter(text),
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_RECORD_CHARACTERS,
  })
  const records = Readable.from(piecesOf(text)).pipe(parser)
  let row = 0
  try {
    for await (const record of records) {
      row += 1
      const cells = toTexts(record, limits.maxColumns)
      if (cells.every((cell) => cell.trim() === '') || (row === 1 && named)) continue
      batcher.add({ row, cells: cells.map(asCell) })
      if (batcher.isFull()) yield batcher.take(part)
    }
  } catch (error) {
    throw error instanceof SheetError ? error : new SheetError('file-unreadable')
  }
  yield batcher.take(part)
}

function* piecesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; from += CHUNK_CHARACTERS) yield text.slice(from, from + CHUNK_CHARACTERS)
}

const toTexts = (record: readonly string[], maxColumns: number) =>
  record.slice(0, maxColumns).map((cell) => cell.slice(0, CELL_CHARACTERS))

const asCell = (text: string): Cell => (text.trimStart().startsWith('=') ? { kind: 'formula', text } : text)

/** A byte order mark decides; else UTF-8 where the bytes are valid as such, else what Excel writes on Western Windows. */
function decode(bytes: Buffer): string {
  const encoding = encodingOf(bytes)
  const text = encoding
    ? new TextDecoder(encoding).decode(bytes)
    : (decodeUtf8(bytes) ?? new TextDecoder('windows-1252').decode(bytes))
  // Anything but text: a picture, a PDF, a program.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the point
  if (/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text)) throw new SheetError('file-unreadable')
  return text
}

function encodingOf(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  if (bytes[0] !== 0 && bytes[1] === 0 && bytes[3] === 0) return 'utf-16le'
  if (bytes[0] === 0 && bytes[1] !== 0 && bytes[2] === 0) return 'utf-16be'
  return null
}

function decodeUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** The separator that the first filled line has most of, outside its quotes. */
function guessDelimiter(text: string): string {
  const line = /\S.*/.exec(text.slice(0, MAX_RECORD_CHARACTERS))?.[0].replaceAll(/"[^"]*"/g, '') ?? ''
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}
