import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'

/** What stands on the pages, found as a person finds it. */
export const pageTitle = (page: Page, name: string | RegExp): Locator => page.getByRole('heading', { level: 1, name })

/** What the camera's page says at the end of a try. */
export const answer = (page: Page, name: string | RegExp): Locator => page.getByRole('heading', { level: 2, name })

/** A student's tile on the board, by what it is read out as. */
export const tile = (page: Page, label: RegExp): Locator => page.getByRole('button', { name: label })

/** The line about a student above the board, where the teacher has to decide. */
export const decisionOf = (page: Page, name: string): Locator =>
  page
    .getByRole('region', { name: /needs? you$/ })
    .getByRole('listitem')
    .filter({ hasText: name })

/** The code that the board and the projector show. */
export const shownCode = (page: Page): Locator => page.getByText(/^[0-9A-HJKMNP-TV-Z]{6}$/)

/** Presses a button that saves a file. */
export async function save(page: Page, button: string): Promise<{ name: string; bytes: Buffer }> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: button }).click()
  const file = await download
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}
