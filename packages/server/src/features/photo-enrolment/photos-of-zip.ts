import { PHOTO_ZIP_MAX_PHOTOS } from '@app/contract'
import { Failure } from '../../platform/failure.ts'
import { kindOfFile } from '../../platform/files/file-kind.ts'
import { openZip } from '../../platform/spreadsheet/open-zip.ts'
import { SheetError } from '../../platform/spreadsheet/sheet.ts'

/** One photo of a zip; `rollNo` is its name without folders and ending. `read` inflates it, null for what is no photo. */
export type ZippedPhoto = { fileName: string; rollNo: string; read: () => Buffer | null }

const MAX_INFLATED_BYTES = 400 * 1024 * 1024
const MAX_PHOTO_BYTES = 15 * 1024 * 1024
const ENDING = /\.(jpe?g|png|webp)$/i
const LONGEST_NAME = 200

/**
 * The photos of a zip, in the order of their names. What systems add (`__MACOSX`, `Thumbs.db`, hidden files) and every
 * other kind of file is passed over.
 * @throws Failure `file-unreadable`, `file-empty` when there is no photo, `photos-too-many`
 */
export function photosOfZip(bytes: Buffer): ZippedPhoto[] {
  const zip = opening(() => openZip(bytes, MAX_INFLATED_BYTES))
  const names = zip.names.filter(isPhoto).sort()
  if (names.length === 0) throw new Failure('file-empty')
  if (names.length > PHOTO_ZIP_MAX_PHOTOS) throw new Failure('photos-too-many')
  return names.map((name) => {
    const fileName = (name.split('/').at(-1) ?? name).slice(0, LONGEST_NAME)
    return { fileName, rollNo: fileName.replace(ENDING, '').trim(), read: () => readPhoto(() => zip.read(name)) }
  })
}

function isPhoto(name: string): boolean {
  const parts = name.split('/')
  const last = parts.at(-1) ?? ''
  return ENDING.test(last) && !last.startsWith('.') && !parts.includes('__MACOSX')
}

/** Not by its name: by its first bytes. A part that cannot be inflated is no photo either. */
function readPhoto(read: () => Buffer): Buffer | null {
  try {
    const bytes = read()
    const kind = kindOfFile(bytes)
    return kind === null || kind === 'pdf' || bytes.length > MAX_PHOTO_BYTES ? null : bytes
  } catch (error) {
    if (error instanceof SheetError) return null
    throw error
  }
}

function opening<Result>(open: () => Result): Result {
  try {
    return open()
  } catch (error) {
    if (error instanceof SheetError) throw new Failure(error.problem === 'too-large' ? 'too-large' : 'file-unreadable')
    throw error
  }
}
