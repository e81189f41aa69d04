import { expect, type Page } from '@playwright/test'
import { PASSWORD } from './arrange.ts'

/** Signs in on the page, as a person does, and waits until a page of theirs stands there. */
export async function signIn(page: Page, identifier: string, password: string = PASSWORD): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail or roll number').fill(identifier)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expectSignedIn(page)
}

/** The way to one's own account is on every page of somebody. */
export async function expectSignedIn(page: Page): Promise<void> {
  await expect(page.getByRole('link', { name: 'Account' })).toBeVisible()
}
