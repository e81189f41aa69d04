import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { ADMIN, INSTITUTION, PASSWORD, setUpToken } from './arrange.ts'
import { type Device, LAPTOP, openDevice, PHONE } from './device.ts'
import { type Clips, prepareClips } from './media/clips.ts'
import { type RunningServer, startServer } from './server.ts'
import { expectSignedIn, signIn } from './signing-in.ts'
import { readRows, toXlsx } from './spreadsheet.ts'

// One story, told in order on one server: an institution's first day.
test.describe.configure({ mode: 'serial' })

/** A face mesh on software WebGL manages two pictures a second; the page waits for each action up to 8 s. */
const FACE_TIMEOUT_MS = 90_000

const STUDENT = 'Mira Sen'
const HEADER = ['roll_no', 'full_name', 'email', 'phone', 'batch', 'department']
const STUDENTS = [
  ['B1', STUDENT, 'mira@lake.example', '', '2026', 'Science'],
  ['B2', 'Noor Aziz', '', '', '2026', 'Science'],
  ['B3', 'Omar Lund', '', '', '2025', 'Arts'],
]

let server: RunningServer
let clips: Clips
let teacher: Device
let phone: Device
let invites: Map<string, string>

test.beforeAll(async () => {
  test.setTimeout(240_000)
  clips = await prepareClips()
  server = await startServer({ demo: false })
  teacher = await openDevice({ address: server.address, viewport: LAPTOP })
  phone = await openDevice({ address: server.address, viewport: PHONE, clip: clips.student })
})
test.afterAll(async () => {
  await phone?.close()
  await teacher?.close()
  await server?.stop()
})

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

test('the set-up link makes the institution and its first teacher', async () => {
  const { page } = teacher
  await page.goto(`/set-up#${setUpToken(server)}`)
  await page.getByLabel('Name of the institution').fill(INSTITUTION)
  await page.getByLabel('Your name').fill(ADMIN.fullName)
  await page.getByLabel('Your e-mail').fill(ADMIN.email)
  await page.getByLabel('Choose a password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create the institution' }).click()
  await expectSignedIn(page)
  await expect(heading(page, 'Classes')).toBeVisible()
})
void [readFile, signIn, readRows, toXlsx, FACE_TIMEOUT_MS, HEADER, STUDENTS, invites]
