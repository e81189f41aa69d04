import { createInflateRaw, inflateRawSync } from 'node:zlib'
import { SheetError } from './sheet.ts'

/** Real workbooks have some dozens of parts. */
const MAX_ENTRIES = 2_000
const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_HEADER = 0x04034b50
const END_BYTES = 22
const MAX_COMMENT_BYTES = 0xffff
const ENCRYPTED = 1
const STORED = 0
const DEFLATED = 8

type Entry = { method: number; flags: number; packedBytes: number; at: number }

/** Inflates single parts of a zip; what all of them come to is counted while it is inflated, not believed from the header. */
export type Zip = {
  names: readonly string[]
  has(name: string): boolean
  read(name: string): Buffer
  /** The same piece by piece, for parts that are never needed as a whole. */
  stream(name: string): AsyncGenerator<Buffer>
}

/**
 * Reads the directory of a zip and nothing else.
 * @throws SheetError `file-unreadable` for what is no plain zip (encrypted, zip64, entries without end), `too-large` from `read` and `stream`
 */
export function openZip(bytes: Buffer, maxInflatedBytes: number): Zip {
  const entries = readDirectory(bytes)
  let left = maxInflatedBytes
  const entryOf = (name: string) => {
    const entry = entries.get(name)
    if (!entry) throw new SheetError('file-unreadable')
    return entry
  }
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    read(name) {
      const inflated = inflate(bytes, entryOf(name), left)
      left -= inflated.length
      return inflated
    },
    async *stream(name) {
      for await (const chunk of inflateInPieces(bytes, entryOf(name))) {
        left -= chunk.length
        if (left < 0) throw new SheetError('too-large')
        yield chunk
      }
    },
  }
}

function readDirectory(bytes: Buffer): Map<string, Entry> {
  const end = findEnd(bytes)
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  if (count === 0 || count > MAX_ENTRIES || at >= end) throw new SheetError('file-unreadable')
  const entries = new Map<string, Entry>()
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new SheetError('file-unreadable')
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + 46, nameEnd).replaceAll('\\', '/')
    if (entries.has(name)) throw new SheetError('file-unreadable')
    entries.set(name, {
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      packedBytes: bytes.readUInt32LE(at + 20),
      at: bytes.readUInt32LE(at + 42),
    })
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return entries
}

function findEnd(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - END_BYTES - MAX_COMMENT_BYTES)
  for (let at = bytes.length - END_BYTES; at >= first; at--) if (bytes.readUInt32LE(at) === END_OF_DIRECTORY) return at
  throw new SheetError('file-unreadable')
}

/** The bytes of a part as they lie in the zip. */
function packedOf(bytes: Buffer, entry: Entry): Buffer {
  const header = entry.at
  if (header + 30 > bytes.length || bytes.readUInt32LE(header) !== LOCAL_HEADER) throw new SheetError('file-unreadable')
  if (entry.flags & ENCRYPTED) throw new SheetError('file-unreadable')
  const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28)
  const packed = bytes.subarray(start, start + entry.packedBytes)
  if (packed.length !== entry.packedBytes) throw new SheetError('file-unreadable')
  if (entry.method !== STORED && entry.method !== DEFLATED) throw new SheetError('file-unreadable')
  return packed
}

function inflate(bytes: Buffer, entry: Entry, most: number): Buffer {
  const packed = packedOf(bytes, entry)
  if (most <= 0 || (entry.method === STORED && packed.length > most)) throw new SheetError('too-large')
  if (entry.method === STORED) return packed
  try {
    return inflateRawSync(packed, { maxOutputLength: most })
  } catch (error) {
    const isTooLong = error instanceof RangeError
    throw new SheetError(isTooLong ? 'too-large' : 'file-unreadable')
  }
}

const PIECE_BYTES = 64 * 1024

async function* inflateInPieces(bytes: Buffer, entry: Entry): AsyncGenerator<Buffer> {
  const packed = packedOf(bytes, entry)
  if (entry.method === STORED) {
    for (let from = 0; from < packed.length; from += PIECE_BYTES) yield packed.subarray(from, from + PIECE_BYTES)
    return
  }
  const inflating = createInflateRaw({ chunkSize: PIECE_BYTES })
  try {
    inflating.end(packed)
    for await (const chunk of inflating) yield chunk
  } catch (error) {
    throw error instanceof SheetError ? error : new SheetError('file-unreadable')
  } finally {
    inflating.destroy()
  }
}
