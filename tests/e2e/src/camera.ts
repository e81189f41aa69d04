import { copyFile, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** What a browser's fake camera is pointed at; the browser looks again each time a page opens the camera. */
export type Camera = {
  /** For `openDevice`. */
  clip: string
  /** Points it at the next take. */
  nextTake(): Promise<void>
  /** Points it at something else. */
  pointAt(file: string): Promise<void>
  close(): Promise<void>
}

/** A camera before somebody who acts anew for each try. */
export async function openCamera(takes: readonly string[]): Promise<Camera> {
  const folder = await mkdtemp(path.join(tmpdir(), 'camera-'))
  const clip = path.join(folder, 'camera.mjpeg')
  let taken = 0
  const pointAt = async (file: string): Promise<void> => {
    await copyFile(file, `${clip}.new`)
    await rename(`${clip}.new`, clip)
  }
  const nextTake = async (): Promise<void> => {
    const take = takes[taken++]
    if (take === undefined) throw new Error('there is no further take')
    await pointAt(take)
  }
  await nextTake()
  taken = 0
  return { clip, nextTake, pointAt, close: () => rm(folder, { recursive: true, force: true }) }
}
