import { listStaff, listSubjects, refresh } from '@app/contract'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { ADMIN, arrangeClass, arrangeInstitution, joinByInvite, PASSWORD } from './arrange.ts'
import { launchBrowser } from './browser.ts'
import { type Device, LAPTOP, openPage, PHONE } from './device.ts'
import { type RunningServer, startServer } from './server.ts'
import { expectSignedIn, signIn } from './signing-in.ts'

let server: RunningServer
let browser: Browser
let device: Device
let invites: readonly string[]

test.beforeAll(async () => {
  server = await startServer({ demo: false })
  const { as } = await arrangeInstitution(server)
  const { links } = await arrangeClass(server, {
    as,
    name: 'Biology A',
    students: [
      ['B1', 'Mira Sen'],
      ['B2', 'Noor Aziz'],
    ],
  })
  invites = links.map(({ link }) => link)
  browser = await launchBrowser()
})
test.afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

test.beforeEach(async () => {
  device = await openPage(browser, { address: server.address, viewport: LAPTOP })
})
test.afterEach(async () => {
  expect(device.problems()).toEqual([])
  await device.close()
})

const identifier = (page: Page) => page.getByLabel('E-mail or roll number')
const password = (page: Page) => page.getByLabel('Password', { exact: true })
const signOut = (page: Page) => page.getByRole('banner').getByRole('button', { name: 'Sign out' })

function countRefreshes(page: Page): () => number {
  let count = 0
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === refresh.path) count++
  })
  return () => count
}

test('leads whoever is not signed in to the sign-in page and back to where they wanted to go', async () => {
  const { page } = device
  await page.goto('/account')
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  await identifier(page).fill(ADMIN.email.toUpperCase())
  await password(page).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible()
})

test('says one and the same of a wrong password and of an unknown name, and keeps what was typed', async () => {
  const { page } = device
  await page.goto('/sign-in')
  for (const name of [ADMIN.email, 'nobody@lake.example']) {
    await identifier(page).fill(name)
    await password(page).fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('alert')).toHaveText(/That name and password do not match/)
    await expect(identifier(page)).toHaveValue(name)
  }
})

test('stays signed in over a reload, without anything that a script could steal', async () => {
  const { page, context } = device
  await signIn(page, ADMIN.email)
  await page.reload()
  await expectSignedIn(page)
  const stored = await page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')
  expect(stored).not.toMatch(/eyJ|token/i)
  expect(await page.evaluate<string>('document.cookie')).toBe('')
  const cookie = (await context.cookies()).find(({ name }) => name === '__Host-refresh')
  expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Strict', path: '/' })
})

test('signs out here and in every other tab', async () => {
  const { page, context } = device
  await signIn(page, ADMIN.email)
  await signOut(page).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  const other = await context.newPage()
  await other.goto('/classes')
  await expect(other.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
})

test('refreshes once when several requests find the access token spent', async () => {
  const { page } = device
  await signIn(page, ADMIN.email)
  await page.goto('/classes')
  // What the page asks for by itself has been answered before the token is spent.
  await expect(page.getByText('Biology A')).toBeVisible()
  await page.waitForLoadState('networkidle')
  const refreshes = countRefreshes(page)
  const refused = new Set<string>()
  let isRefreshed = false
  page.on('response', (response) => {
    if (new URL(response.url()).pathname === refresh.path) isRefreshed = true
  })
  // The server takes the token of before no more, as when it has run out.
  await page.route('**/api/**', async (route) => {
    const token = route.request().headers().authorization
    if (token === undefined || isRefreshed) return route.continue()
    refused.add(new URL(route.request().url()).pathname)
    await route.fulfill({ status: 401, json: { error: { code: 'not-signed-in', requestId: 'test' } } })
  })
  await page.getByRole('button', { name: 'New class' }).click()
  await expect(page.getByRole('checkbox', { name: ADMIN.fullName })).toBeVisible()
  expect([...refused].toSorted()).toEqual([listStaff.path, listSubjects.path])
  expect(refreshes()).toBe(1)
})

test('survives an hour in the browser untouched', async () => {
  const { page } = device
  await page.clock.install()
  await signIn(page, ADMIN.email)
  const refreshes = countRefreshes(page)
  await page.clock.fastForward('01:00:00')
  await page.getByRole('link', { name: 'Account' }).click()
  await expect(page.getByText('This device')).toBeVisible()
  expect(refreshes()).toBeGreaterThan(0)
})

test('ends the other sign-ins when the password is changed with the old one', async () => {
  const { page } = device
  const phone = await openPage(browser, { address: server.address, viewport: PHONE })
  await phone.page.goto(invites[0] ?? '')
  await expect(phone.page.getByRole('heading', { level: 1, name: 'Welcome, Mira Sen' })).toBeVisible()
  await phone.page.getByLabel('Choose a password').fill(PASSWORD)
  await phone.page.getByRole('button', { name: 'Set password and sign in' }).click()
  await expectSignedIn(phone.page)

  await signIn(page, 'B1')
  await page.getByRole('link', { name: 'Account' }).click()
  await page.getByRole('button', { name: 'Change password' }).click()
  await page.getByLabel('Current password').fill('not the password')
  await page.getByLabel('New password').fill('another five loud yaks')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('The current password is not right.')).toBeVisible()
  await page.getByLabel('Current password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Your password is changed.')).toBeVisible()
  await expect(page.getByText('You are signed in on this device only.')).toBeVisible()

  await phone.page.reload()
  await expect(phone.page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  await phone.close()
})

test('opens an invite once only', async () => {
  const { page } = device
  await joinByInvite(server, invites[1] ?? '')
  await page.goto(invites[1] ?? '')
  await expect(page.getByRole('heading', { level: 1, name: 'This invite cannot be used' })).toBeVisible()
  await expect(page.getByText('Ask your teacher for a new one.')).toBeVisible()
})
