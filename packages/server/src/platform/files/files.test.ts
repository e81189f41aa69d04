import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it, test } from 'vitest'
import { kindOfFile } from './file-kind.ts'
import { createFileStore } from './file-store.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'files-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('keeps what was put, by institution, and nothing half written beside it', async () => {
  const files = createFileStore(path.join(folder, 'made'))
  const [here, there, id] = [randomUUID(), randomUUID(), randomUUID()]
  await files.put(here, id, Buffer.from('a letter'))
  expect((await files.get(here, id)).toString()).toBe('a letter')
  await expect(files.get(there, id)).rejects.toThrow()
  expect(await readdir(path.join(folder, 'made', here))).toEqual([id])
  await files.remove(here, id)
  await files.remove(here, id)
  await expect(files.get(here, id)).rejects.toThrow()
})

it.each(['..', '../../etc/passwd', 'a/b', ''])('takes no name such as %j', async (name) => {
  const files = createFileStore(folder)
  await expect(async () => files.put(randomUUID(), name, Buffer.from('x'))).rejects.toThrow('uuids')
  await expect(async () => files.get(name, randomUUID())).rejects.toThrow('uuids')
})

test.each<[string, string, string | null]>([
  ['a JPEG', '\xff\xd8\xff\xe0JFIF', 'jpeg'],
  ['a PNG', '\x89PNG\r\n\x1a\n....', 'png'],
  ['a WebP', 'RIFF....WEBPVP8 ', 'webp'],
  ['a PDF', '%PDF-1.7', 'pdf'],
  ['a page', '<!doctype html>', null],
  ['a picture that is drawn by a program', '<svg xmlns="http://www.w3.org/2000/svg"/>', null],
  ['an archive', 'PK\x03\x04', null],
  ['nothing', '', null],
  ['a RIFF of another kind', 'RIFF....WAVE', null],
])('%s is told by its first bytes', (_, text, kind) => {
  expect(kindOfFile(Buffer.from(text, 'latin1'))).toBe(kind)
})
