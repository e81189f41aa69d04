import { drawWith, toBytes } from './drawing.ts'

/** Tries before the camera that one story has in all: three, and five more that a busy machine may cost it. */
export const TAKES = 8

/**
 * One performance, shot several times: nobody sits twice in the same place, and the server refuses frames that it was
 * sent before. Each take is a little nearer, further aside and lighter than the one before.
 */
export async function shootTakes(frames: readonly Buffer[]): Promise<Buffer[][]> {
  const urls = frames.map((frame) => `data:image/jpeg;base64,${frame.toString('base64')}`)
  return drawWith(['/page/vary-take.ts'], async (page) => {
    const takes: Buffer[][] = []
    for (let i = 0; i < TAKES; i++) {
      const take = { zoom: 1 + 0.03 * i, asideX: (i % 2 === 0 ? 4 : -4) * i, asideY: 2 * i, light: 1 + 0.02 * i }
      const call = `varyTake(${JSON.stringify(urls)}, ${JSON.stringify(take)})`
      takes.push((await page.evaluate<string[]>(call)).map(toBytes))
    }
    return takes
  })
}
