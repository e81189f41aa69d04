// Runs in the browser, as a script of its own: no imports. See takes.ts, which serves it.

/** How one take differs from another: a little nearer, a little aside, a little more light. */
type Take = { zoom: number; asideX: number; asideY: number; light: number }

/** Shoots the frames (data URLs of JPEGs) again, as this take. */
async function varyTake(frames: readonly string[], { zoom, asideX, asideY, light }: Take): Promise<string[]> {
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('this browser draws no canvas')
  const shot: string[] = []
  for (const frame of frames) {
    const picture = await createImageBitmap(await (await fetch(frame)).blob())
    const { width, height } = picture
    canvas.width = width
    canvas.height = height
    pen.filter = `brightness(${light})`
    const [wide, high] = [width * zoom, height * zoom]
    pen.drawImage(picture, (width - wide) / 2 + asideX, (height - high) / 2 + asideY, wide, high)
    shot.push(canvas.toDataURL('image/jpeg', 0.9))
  }
  return shot
}

Object.assign(window, { varyTake })
