import { expect, type Page, test } from '@playwright/test'
import { ADMIN, arrangeClass, arrangeInstitution } from './arrange.ts'
import { type Device, LAPTOP, openDevice } from './device.ts'
import { type RunningServer, startServer } from './server.ts'
import { signIn } from './signing-in.ts'
import { readRows, toXlsx } from './spreadsheet.ts'

const HEADER = 'roll_no,full_name,email,phone,batch,department'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

let server: RunningServer
let device: Device
let classId: string

test.beforeAll(async () => {
  server = await startServer({ demo: false })
  const { as } = await arrangeInstitution(server)
  classId = (await arrangeClass(server, { as, name: 'Biology A', students: [['B1', 'Mira Sen']] })).classId
  device = await openDevice({ address: server.address, viewport: LAPTOP })
  await signIn(device.page, ADMIN.email)
})
test.afterAll(async () => {
  await device?.close()
  await server?.stop()
})

type Chosen = { name: string; mimeType: string; buffer: Buffer }

async function choose(page: Page, file: Chosen): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a file' }).click()
  await (await chooser).setFiles(file)
}

async function addToClass(page: Page, file: Chosen): Promise<void> {
  await page.goto(`/classes/${classId}`)
  await page.getByRole('link', { name: 'Add students' }).click()
  await choose(page, file)
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
  { what: 'a header and nothing below it', file: csv(), says: 'The file has no rows below its header.' },
  { what: '60,000 rows', file: csv(...manyRows), says: 'The file has more than 50,000 rows.' },
  {
    what: 'a file of another kind',
    file: { name: 'list.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') },
    says: 'This is not a spreadsheet.',
  },
  {
    what: 'a file of more than 16 MB',
    file: { ...csv(), buffer: Buffer.alloc(16 * 1024 * 1024 + 1, 'a') },
    says: 'The file is larger than 16 MB.',
  },
]

for (const { what, file, says } of FILES)
  test(`says what is wrong with ${what}`, async () => {
    const { page } = device
    await addToClass(page, file)
    await expect(page.getByText(says)).toBeVisible({ timeout: 30_000 })
    await expect(page.getByRole('button', { name: 'Choose a file' })).toBeVisible()
    expect(device.problems()).toEqual([])
  })

test('names each bad row, its cell and what to mend; one is mended in place, the good ones are taken, all is undone', async () => {
  const { page } = device
  const rows = [
    HEADER.split(','),
    ['B2', 'Noor Aziz', 'noor@lake.example', '', '2026', 'Science'],
    ['B3', 'Omar Lund', 'noor@lake.example', '', '2026', 'Science'],
    ['B4', '', '', '', '2026', 'Science'],
    ['B2', 'Noor Again', '', '', '2026', 'Science'],
    ['B5', 'Pia Roth', 'pia at lake', '', '2026', 'Science'],
  ]
  await addToClass(page, xlsx(toXlsx(rows)))
  await expect(page.getByRole('heading', { name: 'What this file will do' })).toBeVisible()
  const row = (name: string) => page.getByRole('row').filter({ hasText: name })
  await expect(row('Omar Lund')).toContainText('Cell C3: E-mail “noor@lake.example” is in row 2 too.')
  await expect(row('B4')).toContainText('Cell B4: Name is empty.')
  await expect(row('Noor Again')).toContainText('Cell A5: Roll number “B2” is in row 2 too.')
  await expect(row('Pia Roth')).toContainText('Cell C6: “pia at lake” is not a complete e-mail address.')

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download the rows to correct' }).click()
  const parts: Buffer[] = []
  for await (const part of await (await download).createReadStream()) parts.push(part)
  expect(readRows(Buffer.concat(parts))).toHaveLength(5)

  const cell = page.getByRole('textbox', { name: 'Name in row 4' })
  await cell.fill('Zara Bloom')
  await cell.press('Enter')
  await expect(row('B4')).toHaveCount(0)
  await page.getByRole('button', { name: 'Take 2 rows' }).click()
  await expect(page.getByRole('heading', { name: 'What this file did' })).toBeVisible()
  await page.getByRole('button', { name: 'Invite 2 people' }).click()
  await expect(page.getByRole('heading', { name: 'Invite links' })).toBeVisible()
  await page.getByRole('button', { name: 'Back to the list' }).click()
  await page.getByRole('link', { name: 'To the class' }).click()
  await expect(page.getByRole('row')).toHaveCount(4)
  await page.goBack()
  await page.getByRole('button', { name: 'Undo this import' }).click()
  await expect(page.getByRole('heading', { name: 'This import is undone' })).toBeVisible()
  await page.getByRole('link', { name: 'To the class' }).click()
  await expect(page.getByRole('row')).toHaveCount(2)
  expect(device.problems()).toEqual([])
})

test('asks what unknown columns mean, and remembers it', async () => {
  const { page } = device
  const list = { ...csv(), buffer: Buffer.from('Kennung;Rufname\nK1;Kim Ode\nK2;Kai Ode') }
  await addToClass(page, list)
  await page.getByLabel('Column A: Kennung').selectOption('Roll number')
  await page.getByLabel('Column B: Rufname').selectOption('Name')
  await page.getByRole('button', { name: 'Show the rows' }).click()
  await expect(page.getByRole('button', { name: 'Take 2 rows' })).toBeVisible()
  await page.getByRole('button', { name: 'Throw away' }).click()
  await choose(page, list)
  await expect(page.getByRole('button', { name: 'Take 2 rows' })).toBeVisible()
  expect(device.problems()).toEqual([])
})
