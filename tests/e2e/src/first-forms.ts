import type { Page } from '@playwright/test'
import { ADMIN, INSTITUTION, PASSWORD } from './arrange.ts'

/** On the page of the set-up link: makes the institution and its administrator, who teaches too. */
export async function fillInInstitution(page: Page): Promise<void> {
  await page.getByLabel('Name of the institution').fill(INSTITUTION)
  await page.getByLabel('Your name').fill(ADMIN.fullName)
  await page.getByLabel('Your e-mail').fill(ADMIN.email)
  await page.getByLabel('Choose a password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create the institution' }).click()
}

/** In the dialog for a new class: makes one in biology, taught by the administrator. */
export async function fillInClass(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name of the class').fill(name)
  await page.getByLabel('Subject code').fill('BIO1')
  await page.getByLabel('Subject', { exact: true }).fill('Biology')
  await page.getByRole('dialog').getByRole('checkbox', { name: ADMIN.fullName }).check()
  await page.getByRole('button', { name: 'Create class' }).click()
}
