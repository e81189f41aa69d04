import type { Browser, BrowserContext, ConsoleMessage, Page } from '@playwright/test'
import { launchBrowser } from './browser.ts'

export const PHONE = { width: 360, height: 740 }
export const LAPTOP = { width: 1440, height: 900 }

/** One person's browser. */
export type Device = {
  page: Page
  context: BrowserContext
  /** What no page may do: errors on the console, exceptions, requests to anybody else. */
  problems(): readonly string[]
  close(): Promise<void>
}

type DeviceOptions = {
  /** Of the server under test. */
  address: string
  viewport: { width: number; height: number }
  /** What stands before its camera. */
  clip?: string
  colorScheme?: 'light' | 'dark'
}

/** Starts a browser with one page, not yet gone anywhere. */
export async function openDevice({ address, viewport, clip, colorScheme = 'light' }: DeviceOptions): Promise<Device> {
  const browser = await launchBrowser(clip === undefined ? {} : { clip })
  try {
    const device = await openPage(browser, { address, viewport, colorScheme })
    return { ...device, close: () => browser.close() }
  } catch (error) {
    await browser.close()
    throw error
  }
}

/** A page with cookies of its own in a browser that is already there. */
export async function openPage(
  browser: Browser,
  { address, viewport, colorScheme = 'light' }: Omit<DeviceOptions, 'clip'>,
): Promise<Device> {
  const context = await browser.newContext({
    baseURL: address,
    viewport,
    colorScheme,
    locale: 'en-GB',
    timezoneId: 'Asia/Kolkata',
    reducedMotion: 'reduce',
    permissions: ['camera', 'clipboard-read', 'clipboard-write'],
  })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const found: string[] = []
  page.on('console', (message) => {
    if (isComplaint(message)) found.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => found.push(`exception: ${error.message}`))
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol) && url.origin !== address)
      found.push(`request: ${request.url()}`)
  })
  return { page, context, problems: () => found, close: () => context.close() }
}

/** An answer that refuses is an answer: the browser puts each on the console by itself. */
function isComplaint(message: ConsoleMessage): boolean {
  if (message.type() !== 'error') return false
  // Chromium's, when a camera frame is left to its garbage collector at the end of a try: untidy, not wrong.
  if (message.text().startsWith('A VideoFrame was garbage collected')) return false
  return !(message.text().startsWith('Failed to load resource') && message.location().url.includes('/api/'))
}
