import { expect, type Page } from '@playwright/test'
import { PASSWORD } from './arrange.ts'

/** Signs in on the page, as a person does, and waits until a page of theirs stands there. */
export async function signIn(page: Page, identifier: string, password: string = PASSWORD): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail or roll number').fill(identifier)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
}
