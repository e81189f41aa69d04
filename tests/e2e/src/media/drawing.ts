import { readFile } from 'node:fs/promises'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import path from 'node:path'
import type { Page, Route } from '@playwright/test'
import { launchBrowser } from '../browser.ts'

const ORIGIN = 'http://clips.test'
const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.jpg': 'image/jpeg',
  '.wasm': 'application/wasm',
}
const require = createRequire(import.meta.url)
const FACE_MESH = path.dirname(require.resolve('@mediapipe/face_mesh/package.json'))
const PHOTOS = path.join(path.dirname(require.resolve('@vladmandic/face-api/package.json')), 'demo')

/** Serves what the page needs from `node_modules`, without a server and without the network. */
async function serve(route: Route): Promise<void> {
  const [, folder = '', ...rest] = new URL(route.request().url()).pathname.split('/')
  const file = rest.join('/')
  if (folder === '') return route.fulfill({ contentType: 'text/html', body: PAGE })
  if (folder === 'page') {
    const source = await readFile(path.join(import.meta.dirname, 'page', file), 'utf8')
    return route.fulfill({ contentType: 'text/javascript', body: stripTypeScriptTypes(source) })
  }
  const root = folder === 'face_mesh' ? FACE_MESH : PHOTOS
  const contentType = TYPES[path.extname(file)] ?? 'application/octet-stream'
  return route.fulfill({ contentType, body: await readFile(path.join(root, file)) })
}

const PAGE = `<!doctype html><title>clips</title><body></body>`

/** Runs `draw` on an empty page with these scripts: `/page/…` of this folder, `/face_mesh/…` of its package. */
export async function drawWith<Result>(
  scripts: readonly string[],
  draw: (page: Page) => Promise<Result>,
): Promise<Result> {
  const browser = await launchBrowser({ webgl: true })
  try {
    const page = await browser.newPage()
    await page.route('**/*', serve)
    await page.goto(`${ORIGIN}/`)
    for (const url of scripts) await page.addScriptTag({ url: `${ORIGIN}${url}` })
    return await draw(page)
  } finally {
    await browser.close()
  }
}

/** The bytes of a data URL. */
export const toBytes = (dataUrl: string): Buffer => Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64')
