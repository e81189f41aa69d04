import { expect, type Page, test } from '@playwright/test'
import type { Camera } from './camera.ts'
import { answer } from './screens.ts'

/** A face mesh on software WebGL manages two pictures a second, and the page waits up to 8 s for each action. */
export const FACE_MS = 90_000

/** How often a person tries before they take the code: what a busy machine did not catch is asked for again. */
export const TRIES = 3

/** Acts before the camera until `wanted` is the answer, and again where the page asks; the report names each such try. */
export async function actFor(page: Page, camera: Camera, wanted: string): Promise<void> {
  await camera.nextTake()
  await page.getByRole('button', { name: 'Open the camera' }).click()
  const again = page.getByRole('button', { name: 'Try again' })
  for (let i = 1; i < TRIES; i++) {
    await expect(answer(page, wanted).or(again).first()).toBeVisible({ timeout: FACE_MS })
    if (await answer(page, wanted).isVisible()) break
    test.info().annotations.push({ type: 'tried again', description: await answer(page, /./).innerText() })
    await camera.nextTake()
    await again.click()
  }
  await expect(answer(page, wanted)).toBeVisible({ timeout: FACE_MS })
}

export async function goToCheckIn(page: Page): Promise<void> {
  await page.goto('/home')
  await page.getByRole('link', { name: /^Check in to / }).click()
}
