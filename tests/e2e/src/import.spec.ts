import { expect, type Page, test } from '@playwright/test'
import { ADMIN, arrangeClass, arrangeInstitution } from './arrange.ts'
import { type Device, LAPTOP, openDevice } from './device.ts'
import { type RunningServer, startServer } from './server.ts'
import { signIn } from './signing-in.ts'
import { toXlsx } from './spreadsheet.ts'

const HEADER = 'roll_no,full_name,email,phone,batch,department'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

let server: RunningServer
let device: Device
let classPath: string

test.beforeAll(async () => {
  server = await startServer({ demo: false })
  const { as } = await arrangeInstitution(server)
  const { classId } = await arrangeClass(server, { as, name: 'Biology A', students: [['B1', 'Mira Sen']] })
  classPath = `/classes/${classId}`
  device = await openDevice({ address: server.address, viewport: LAPTOP })
  await signIn(device.page, ADMIN.email)
})
test.afterAll(async () => {
  await device?.close()
  await server?.stop()
})

async function choose(page: Page, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await page.goto(classPath)
  await page.getByRole('button', { name: 'Add students' }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a file' }).click()
  await (await chooser).setFiles(file)
}

const csv = (...lines: string[]) => ({
  name: 'class list.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from([HEADER, ...lines].join('\n')),
})
const xlsx = (buffer: Buffer) => ({ name: 'class list.xlsx', mimeType: XLSX, buffer })
const manyRows = Array.from({ length: 60_000 }, (_, i) => `R${i},Student ${i},,,,`)

const FILES = [
  {
    what: 'a workbook that breaks off',
    file: xlsx(toXlsx([HEADER.split(','), ['B7', 'Lina Okoye', '', '', '', '']]).subarray(0, 2_000)),
    says: 'The file could not be read.',
  },
  {
    what: 'a list without its header',
    file: { ...csv(), buffer: Buffer.from('B7,Lina Okoye\nB8,Jon Brandt') },
    says: 'The first row does not name the columns.',
  },
  { what: 'a header and nothing below it', file: csv(), says: 'The file has no rows below its header.' },
  { what: '60,000 rows', file: csv(...manyRows), says: 'The file has more than 50,000 rows.' },
  {
    what: 'a file of another kind',
    file: { name: 'list.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') },
    says: 'This is not an .xlsx or .csv file.',
  },
  {
    what: 'a file of more than 5 MB',
    file: { ...csv(), buffer: Buffer.alloc(5 * 1024 * 1024 + 1, 'a') },
    says: 'The file is larger than 5 MB.',
  },
]

for (const { what, file, says } of FILES)
  test(`says what is wrong with ${what}`, async () => {
    const { page } = device
    await choose(page, file)
    await expect(page.getByText(says)).toBeVisible({ timeout: 30_000 })
    await expect(page.getByRole('button', { name: 'Choose a file' })).toBeVisible()
    expect(device.problems()).toEqual([])
  })

test('names each bad row, its column and what to mend, and takes the good ones', async () => {
  const { page } = device
  const rows = [
    HEADER.split(','),
    ['B2', 'Noor Aziz', 'noor@lake.example', '', '2026', 'Science'],
    ['B3', 'Omar Lund', 'noor@lake.example', '', '2026', 'Science'],
    ['B4', '', '', '', '2026', 'Science'],
    ['B2', 'Noor Again', '', '', '2026', 'Science'],
    ['B5', 'Pia Roth', 'pia at lake', '', '2026', 'Science'],
  ]
  await choose(page, xlsx(toXlsx(rows)))
  await expect(page.getByRole('heading', { name: 'What this file will do' })).toBeVisible()
  const row = (name: string) => page.getByRole('row').filter({ hasText: name })
  await expect(row('Omar Lund')).toContainText('E-mail “noor@lake.example” is in row 2 too.')
  await expect(row('B4')).toContainText('Name is empty.')
  await expect(row('Noor Again')).toContainText('Roll number “B2” is in row 2 too.')
  await expect(row('Pia Roth')).toContainText('“pia at lake” is not a complete e-mail address.')
  await page.getByRole('button', { name: 'Add 1 student' }).click()
  await expect(page.getByRole('heading', { name: 'What this file did' })).toBeVisible()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('heading', { name: 'Invite links' })).toBeVisible()
  await page.getByRole('button', { name: 'Back to the students' }).click()
  await expect(page.getByRole('row')).toHaveCount(3)
  expect(device.problems()).toEqual([])
})
