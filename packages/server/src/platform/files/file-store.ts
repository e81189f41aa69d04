import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** Files that people sent, outside the database and under names of ours alone. */
export type FileStore = {
  /** Whole or not at all: a file that is there was written to its end. */
  put(institutionId: string, id: string, bytes: Uint8Array): Promise<void>
  /** @throws Error when there is none */
  get(institutionId: string, id: string): Promise<Buffer>
  /** One that is not there is no error: a second try of the same clean-up must pass. */
  remove(institutionId: string, id: string): Promise<void>
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** @param folder absolute; made when it is missing */
export function createFileStore(folder: string): FileStore {
  const placeOf = (institutionId: string, id: string) => {
    if (!UUID.test(institutionId) || !UUID.test(id)) throw new Error('files are named by uuids alone')
    return path.join(folder, institutionId, id)
  }
  return {
    async put(institutionId, id, bytes) {
      const place = placeOf(institutionId, id)
      await mkdir(path.dirname(place), { recursive: true, mode: 0o700 })
      const half = `${place}.part`
      await writeFile(half, bytes, { mode: 0o600 })
      await rename(half, place)
    },
    get: (institutionId, id) => readFile(placeOf(institutionId, id)),
    remove: (institutionId, id) => rm(placeOf(institutionId, id), { force: true }),
  }
}
