// Runs in the browser, as a script of its own: no imports. See animated-loops.ts, which serves it.

function createPen(): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas')
  canvas.width = 640
  canvas.height = 480
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) throw new Error('this browser draws no canvas')
  return pen
}

/** A lit wall and a door. */
function paintRoom(pen: CanvasRenderingContext2D): void {
  const wall = pen.createLinearGradient(0, 0, 640, 480)
  wall.addColorStop(0, '#c9c4b8')
  wall.addColorStop(1, '#8f8b84')
  pen.fillStyle = wall
  pen.fillRect(0, 0, 640, 480)
  pen.fillStyle = '#7b6a55'
  pen.fillRect(430, 90, 12, 390)
  pen.fillRect(430, 90, 150, 12)
  pen.fillStyle = '#a08c72'
  pen.fillRect(442, 102, 138, 378)
}

/** Lays a sensor's noise over the picture and takes it, as a data URL of a JPEG. */
function shoot(pen: CanvasRenderingContext2D): string {
  const pixels = pen.getImageData(0, 0, 640, 480)
  for (let i = 0; i < pixels.data.length; i += 4) {
    const noise = (Math.random() + Math.random() - 1) * 12
    for (let channel = 0; channel < 3; channel++) pixels.data[i + channel] = (pixels.data[i + channel] ?? 0) + noise
  }
  pen.putImageData(pixels, 0, 0)
  return pen.canvas.toDataURL('image/jpeg', 0.85)
}

/** An empty room. */
function drawRoom(frames: number): string[] {
  const pen = createPen()
  return Array.from({ length: frames }, () => {
    paintRoom(pen)
    return shoot(pen)
  })
}

/** A print of `url` that a hand holds up before the camera. */
async function drawHeldPhoto(url: string, frames: number): Promise<string[]> {
  const photo = await createImageBitmap(await (await fetch(url)).blob())
  const pen = createPen()
  return Array.from({ length: frames }, (_, i) => {
    const round = (2 * Math.PI * i) / frames
    paintRoom(pen)
    pen.save()
    pen.translate(320 + 12 * Math.sin(2 * round), 240 + 8 * Math.sin(3 * round))
    pen.rotate(0.05 * Math.sin(2 * round + 1))
    pen.fillStyle = '#f4f2ee'
    pen.fillRect(-285, -215, 570, 430)
    pen.drawImage(photo, 20, 15, 600, 450, -270, -202, 540, 405)
    pen.restore()
    return shoot(pen)
  })
}

Object.assign(window, { drawRoom, drawHeldPhoto })
