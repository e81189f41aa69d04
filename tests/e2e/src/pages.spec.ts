import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { ADMIN } from './arrange.ts'
import { launchBrowser } from './browser.ts'
import { type Device, LAPTOP, openPage, PHONE } from './device.ts'
import { arrangePlaces, GUARDIAN, type Places } from './page-places.ts'
import { VISITS, type Visit } from './page-visits.ts'
import { type RunningServer, startServer } from './server.ts'
import { signIn } from './signing-in.ts'

let server: RunningServer
let browser: Browser
let visitors: Record<Visit['as'], Device>
let places: Places

test.beforeAll(async () => {
  server = await startServer({ demo: false })
  places = await arrangePlaces(server)
  browser = await launchBrowser()
  const desk = await openPage(browser, { address: server.address, viewport: PHONE })
  const teacher = await openPage(browser, { address: server.address, viewport: PHONE })
  await signIn(teacher.page, ADMIN.email)
  const pupil = await openPage(browser, { address: server.address, viewport: PHONE })
  await signIn(pupil.page, 'B1')
  const family = await openPage(browser, { address: server.address, viewport: PHONE })
  await signIn(family.page, GUARDIAN)
  visitors = { visitor: desk, teacher, student: pupil, guardian: family }
})
test.afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

test.describe.configure({ mode: 'parallel' })

const SIZES = [PHONE, LAPTOP]

/**
 * Each page at both sizes and in both themes, two looks of the four: every second page takes the other two, so that
 * what all pages share is seen in all four.
 */
const looksOf = (i: number) =>
  SIZES.map((size, k) => ({ size, colorScheme: (i + k) % 2 === 0 ? 'light' : 'dark' }) as const)

for (const [i, visit] of VISITS.entries())
  test(`${visit.name} can be used by everybody, at both sizes and in both themes`, async () => {
    const { page, problems } = visitors[visit.as]
    const before = problems().length
    await page.setViewportSize(PHONE)
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await visit.before?.(page)
    await page.goto(visit.path(places))
    const title = page.getByRole('heading', { level: 1, name: visit.heading })
    await expect(title).toBeVisible()
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
    await expect(page).toHaveTitle(/\S.* · Smart Attendance$/)
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0)
    await visit.open?.(page)
    if (visit.primary !== undefined) await expectReachedByKeyboard(page, visit.primary)
    for (const { size, colorScheme } of looksOf(i)) {
      await page.setViewportSize(size)
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await expectSettled(page, colorScheme)
      await photograph(page, `${visit.name}-${size.width}-${colorScheme}`)
      expect.soft(await findViolations(page), `${size.width} ${colorScheme}`).toEqual([])
      expect.soft(await widthBeyond(page), `${size.width} ${colorScheme}: sideways scroll`).toBe(0)
    }
    expect(problems().slice(before)).toEqual([])
  })

const photograph = (page: Page, name: string) =>
  page.screenshot({ path: path.join(import.meta.dirname, `../../../test-results/pages/${name}.png`) })

async function findViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`),
  )
}

/** The theme has changed everywhere: colours fade over, and a picture of the fading says nothing of either theme. */
async function expectSettled(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
  // One fade may begin when another ends: two frames in a row without any are the end of it.
  await page.evaluate(`(async () => {
    for (let quiet = 0; quiet < 2; quiet++) {
      await new Promise(requestAnimationFrame)
      const running = document.getAnimations().filter(({ effect, playState }) =>
        playState === 'running' && effect.getComputedTiming().endTime !== Infinity)
      if (running.length > 0) quiet = -1
      await Promise.allSettled(running.map(({ finished }) => finished))
    }
  })()`)
}

/** How many pixels of the page lie beside the window. */
const widthBeyond = (page: Page) =>
  page.evaluate<number>('Math.max(0, document.scrollingElement.scrollWidth - window.innerWidth)')

const MOST_TABS = 60

/** Tabs from the top until the button, link or field of this name has the focus. */
async function expectReachedByKeyboard(page: Page, name: string | RegExp): Promise<void> {
  const wanted = page.getByRole('button', { name }).or(page.getByRole('link', { name })).first()
  await expect(wanted).toBeVisible()
  for (let i = 0; i < MOST_TABS; i++) {
    if ((await wanted.and(page.locator(':focus')).count()) > 0) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${name} is not reached within ${MOST_TABS} presses of Tab`)
}
