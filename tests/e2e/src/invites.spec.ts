import { expect, type Page, test } from '@playwright/test'
import { ADMIN, arrangeClass, arrangeInstitution, PASSWORD } from './arrange.ts'
import { launchBrowser } from './browser.ts'
import { LAPTOP, openPage, PHONE } from './device.ts'
import { readQr } from './qr.ts'
import { type RunningServer, startServer } from './server.ts'
import { signIn } from './signing-in.ts'

let server: RunningServer
let as: string
test.beforeAll(async () => {
  server = await startServer({ demo: false })
  as = (await arrangeInstitution(server)).as
})
test.afterAll(() => server?.stop())

/** How many sheets of paper it is. */
async function pagesOf(page: Page, format: 'A4' | 'Letter'): Promise<number> {
  const pdf = (await page.pdf({ format, preferCSSPageSize: true, printBackground: false })).toString('latin1')
  return pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
}

test('a teacher prints invites: ten cards a sheet on A4 and Letter, each with a code that opens the account', async () => {
  const students = Array.from({ length: 20 }, (_, i) => [`P${i + 1}`, `Student Number${i + 1} Longfamilyname`] as const)
  const { classId } = await arrangeClass(server, { as, name: 'Physics A', students })
  const browser = await launchBrowser()
  const { page, problems } = await openPage(browser, { address: server.address, viewport: LAPTOP })
  await signIn(page, ADMIN.email)
  await page.goto(`/classes/${classId}`)
  await page.getByRole('button', { name: 'Print invites' }).click()
  await expect(page.getByRole('img', { name: /^Invite of/ })).toHaveCount(20)
  for (const format of ['A4', 'Letter'] as const) expect(await pagesOf(page, format), format).toBe(2)

  const card = page.getByRole('img', { name: 'Invite of Student Number7 Longfamilyname' })
  const link = await readQr(await card.screenshot())
  const student = await openPage(browser, { address: server.address, viewport: LAPTOP })
  await student.page.goto(link)
  await student.page.getByLabel('Choose a password').fill(PASSWORD)
  await student.page.getByRole('button', { name: /Set password/ }).click()
  await expect(student.page.getByRole('heading', { name: 'Home' })).toBeVisible()
  expect([...problems(), ...student.problems()]).toEqual([])
  await browser.close()
})

test('a student without a camera types the code of a printed invite, on a small phone and by the keys alone', async () => {
  const { classId } = await arrangeClass(server, { as, name: 'Physics B', students: [['T1', 'Tilda Typed']] })
  const browser = await launchBrowser()
  const { page, problems } = await openPage(browser, { address: server.address, viewport: LAPTOP })
  await signIn(page, ADMIN.email)
  await page.goto(`/classes/${classId}`)
  await page.getByRole('button', { name: 'Print invites' }).click()
  const card = page.getByRole('listitem').filter({ hasText: 'Tilda Typed' })
  await expect(card).toContainText('/invite and type')
  const code = await card.getByText(/^\w{4}(-\w{4}){4}$/).innerText()

  const phone = await openPage(browser, { address: server.address, viewport: PHONE })
  await phone.page.goto('/sign-in')
  await phone.page.getByRole('link', { name: 'I have an invite on paper' }).click()
  await expect(phone.page.getByRole('heading', { level: 1, name: 'Type your invite' })).toBeVisible()
  const field = phone.page.getByRole('textbox', { name: 'Code' })
  await field.focus()
  await phone.page.keyboard.type('abcd-efgh')
  await phone.page.keyboard.press('Enter')
  await expect(field).toHaveAccessibleDescription(/not a whole code/)
  await expect(field).toBeFocused()
  await field.press('ControlOrMeta+a')
  await phone.page.keyboard.type(code.toLowerCase().replaceAll('-', ' '))
  await phone.page.keyboard.press('Enter')
  await expect(phone.page.getByRole('heading', { name: 'Welcome, Tilda Typed' })).toBeVisible()
  await phone.page.getByLabel('Choose a password').fill(PASSWORD)
  await phone.page.keyboard.press('Enter')
  await expect(phone.page.getByRole('heading', { name: 'Home' })).toBeVisible()
  expect([...problems(), ...phone.problems()]).toEqual([])
  await browser.close()
})
