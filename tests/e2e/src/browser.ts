import { type Browser, chromium } from '@playwright/test'
import { findChromium } from './find-chromium.ts'

const FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
]

/** Face mesh needs WebGL; without a graphics card that is SwiftShader, which Chromium wants to be asked for. */
const WITH_WEBGL = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader']
const WITHOUT_WEBGL = ['--disable-gpu']

/**
 * Starts a Chromium of its own, since the camera's clip is chosen at launch. Close it when done.
 * `clip` is a raw MJPEG file, played at 30 frames a second in a loop; without one the camera shows Chromium's test
 * picture, in which there is no face. WebGL is there where a clip is, unless asked for:
 * without it pages are drawn faster, and the face guide does not start.
 */
export async function launchBrowser({
  clip,
  webgl = clip !== undefined,
}: {
  clip?: string
  webgl?: boolean
} = {}): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('no Chromium: install one, or set CHROMIUM_PATH')
  const camera = clip ? [`--use-file-for-fake-video-capture=${clip}`] : []
  return await chromium.launch({
    executablePath,
    headless: true,
    args: [...FLAGS, ...(webgl ? WITH_WEBGL : WITHOUT_WEBGL), ...camera],
  })
}
