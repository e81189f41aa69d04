import { type Browser, chromium } from '@playwright/test'
import { findChromium } from './find-chromium.ts'

const FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // Face mesh needs WebGL; without a graphics card that is SwiftShader, which Chromium wants to be asked for.
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
]

/**
 * Starts a Chromium of its own, since the camera's clip is chosen at launch. Close it when done.
 * `clip` is a raw MJPEG file, played at 30 frames a second in a loop; without one the camera shows Chromium's test
 * picture, in which there is no face.
 */
export async function launchBrowser({ clip }: { clip?: string } = {}): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('no Chromium: install one, or set CHROMIUM_PATH')
  const camera = clip ? [`--use-file-for-fake-video-capture=${clip}`] : []
  return await chromium.launch({ executablePath, headless: true, args: [...FLAGS, ...camera] })
}
