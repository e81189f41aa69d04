import { expect, type Page, test } from '@playwright/test'
import { arrangeClass, arrangeInstitution, joinByInvite } from './arrange.ts'
import { changePolicy } from './database.ts'
import { type Device, openDevice, PHONE } from './device.ts'
import { prepareClips } from './media/clips.ts'
import { type RunningServer, startServer } from './server.ts'
import { signIn } from './signing-in.ts'

// One server, and two students of an institution that asks faces to answer the colours of the screen.
test.describe.configure({ mode: 'serial' })

/** A face mesh on software WebGL may take this long to be ready. */
const CAMERA_MS = 60_000

let server: RunningServer
let clip: string

test.beforeAll(async () => {
  test.setTimeout(240_000)
  clip = (await prepareClips()).waitingStudent
  server = await startServer({ demo: false })
  const { as } = await arrangeInstitution(server)
  const students = [
    ['B1', 'Mira Sen'],
    ['B2', 'Noor Aziz'],
  ] as const
  const { links } = await arrangeClass(server, { as, name: 'Biology A', students })
  for (const { link } of links) await joinByInvite(server, link)
  await changePolicy(server, { colourFlash: true })
})
test.afterAll(async () => {
  await server?.stop()
})

async function openCameraOf(rollNo: string): Promise<Device> {
  const device = await openDevice({ address: server.address, viewport: PHONE, clip })
  await signIn(device.page, rollNo)
  return device
}

async function beginSettingUp(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'See how it works' }).click()
  await page.getByRole('button', { name: 'I agree' }).click()
  await page.getByRole('button', { name: 'Open the camera' }).click()
}

const lit = (page: Page) => page.locator('[data-lit="true"]')
const instruction = (page: Page) => page.getByText(/^(Blink once|Turn your head (left|right))$/).first()

test('the screen shows colours round the face, and whoever asks not to see them is shown none from then on', async () => {
  test.setTimeout(4 * CAMERA_MS)
  const { page, problems, close } = await openCameraOf('B1')
  try {
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    await beginSettingUp(page)
    await expect(lit(page)).toBeVisible({ timeout: CAMERA_MS })
    await expect(page.getByText('Hold still while the colours change').first()).toBeVisible()
    const colour = () => lit(page).evaluate((shade) => getComputedStyle(shade).color)
    const first = await colour()
    await expect.poll(colour).not.toBe(first)
    await page.screenshot({ path: test.info().outputPath('colours.png') })
    await page.getByRole('button', { name: 'Show me no colours' }).click()
    await expect(page.getByRole('heading', { name: 'No colours from now on' })).toBeVisible()
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(instruction(page)).toBeVisible({ timeout: CAMERA_MS })
    await expect(page.getByRole('button', { name: 'Show me no colours' })).toHaveCount(0)

    await page.goto('/consent')
    const setting = page.getByRole('checkbox', { name: 'Show me no colours' })
    await expect(setting).toBeChecked()
    await page.screenshot({ path: test.info().outputPath('setting.png'), fullPage: true })
    await setting.uncheck()
    await expect(setting).toBeEnabled()
    await page.reload()
    await expect(setting).not.toBeChecked()
    expect(problems()).toEqual([])
  } finally {
    await close()
  }
})

test('a phone that is set to less motion is shown none, and nobody has to say so', async () => {
  test.setTimeout(3 * CAMERA_MS)
  const { page, problems, close } = await openCameraOf('B2')
  try {
    await beginSettingUp(page)
    const seen = lit(page).or(instruction(page)).first()
    await expect(seen).toBeVisible({ timeout: CAMERA_MS })
    await expect(instruction(page)).toBeVisible()
    await expect(lit(page)).toHaveCount(0)
    expect(problems()).toEqual([])
  } finally {
    await close()
  }
})
