import { expect, type Page } from '@playwright/test'
import type { Camera } from './camera.ts'
import { lastJudged } from './database.ts'
import { answer } from './screens.ts'
import type { RunningServer } from './server.ts'

/** A face mesh on software WebGL manages two pictures a second, and the page waits up to 8 s for each action. */
export const FACE_MS = 90_000

/** How often a person tries before they take the code: what a busy machine did not catch is asked for again. */
export const TRIES = 4

type Scene = { page: Page; camera: Camera; server: RunningServer }

/** Acts before the camera until `wanted` is the answer, and again where the page asks; each such try is told. */
export async function actFor({ page, camera, server }: Scene, wanted: string): Promise<void> {
  await camera.nextTake()
  await page.getByRole('button', { name: 'Open the camera' }).click()
  const again = page.getByRole('button', { name: 'Try again' })
  const said: string[] = []
  for (let i = 1; i <= TRIES; i++) {
    await expect(answer(page, wanted).or(again).first()).toBeVisible({ timeout: FACE_MS })
    if (await answer(page, wanted).isVisible()) return
    said.push(await answer(page, /./).innerText())
    process.stdout.write(`     tried again: "${said.at(-1)}", to the server ${await lastJudged(server)}\n`)
    if (i === TRIES) break
    await camera.nextTake()
    // After several tries the page may ask for a short pause first.
    await again.click({ timeout: FACE_MS })
  }
  throw new Error(`"${wanted}" was wanted; ${TRIES} tries were answered: ${said.join('; ')}`)
}

export async function goToCheckIn(page: Page): Promise<void> {
  await page.goto('/home')
  await page.getByRole('link', { name: /^Check in to / }).click()
}
