export type FileKind = 'jpeg' | 'png' | 'webp' | 'pdf'

const starts = (bytes: Uint8Array, at: number, magic: string) =>
  bytes.length >= at + magic.length && [...magic].every((letter, i) => bytes[at + i] === letter.charCodeAt(0))

/** What a file is by its first bytes, whatever its name says; null for anything but these four. */
export function kindOfFile(bytes: Uint8Array): FileKind | null {
  if (starts(bytes, 0, '\xff\xd8\xff')) return 'jpeg'
  if (starts(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'png'
  if (starts(bytes, 0, 'RIFF') && starts(bytes, 8, 'WEBP')) return 'webp'
  if (starts(bytes, 0, '%PDF-')) return 'pdf'
  return null
}
