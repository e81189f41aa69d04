import { expect, type Page, test } from '@playwright/test'
import { setUpToken } from './arrange.ts'
import { GOOD_STUDENTS, HEADER, KINDS_OF_FAULTS, makeClassList } from './class-list.ts'
import { type Device, LAPTOP, openDevice } from './device.ts'
import { fillInClass, fillInInstitution } from './first-forms.ts'
import { type RunningServer, startServer } from './server.ts'
import { toXlsx } from './spreadsheet.ts'

const CLASS = 'Biology A'
const STEPS_BELOW = 15

let server: RunningServer
let device: Device
test.beforeAll(async () => {
  server = await startServer({ demo: false })
  device = await openDevice({ address: server.address, viewport: LAPTOP })
})
test.afterAll(async () => {
  await device?.close()
  await server?.stop()
})

/** What a person does at one go: opens a link, presses a button, fills in a form and sends it, drops a file. */
function countSteps() {
  let taken = 0
  const step = (name: string, action: () => Promise<unknown>) => {
    taken += 1
    return test.step(`${taken}. ${name}`, action)
  }
  return { step, taken: () => taken }
}

const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { name, exact: typeof name === 'string' })

async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ({ name, base64 }) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))], name))
      return transfer
    },
    { name, base64: bytes.toString('base64') },
  )
  await page.getByText('Drop the file here').dispatchEvent('drop', { dataTransfer })
}

/** A number as large as the page shows it, by the word above it. */
const count = (page: Page, name: string) =>
  page
    .locator('dl > div')
    .filter({ has: page.getByText(name, { exact: true }) })
    .getByRole('definition')

test('from nothing to a running session: every fault of the list is named, and no good row is lost', async () => {
  const { page } = device
  const { rows, faults } = makeClassList()
  expect([rows.length, faults.length, KINDS_OF_FAULTS, GOOD_STUDENTS.length]).toEqual([500, 20, 10, 480])
  const { step, taken } = countSteps()

  await step('open the set-up link', () => page.goto(`/set-up#${setUpToken(server)}`))
  await step('say what the institution is and who you are', () => fillInInstitution(page))
  await expect(heading(page, 'Today')).toBeVisible()
  await step('go to the classes', () => page.getByRole('link', { name: 'Classes', exact: true }).click())
  await step('ask for a new class', () => page.getByRole('button', { name: 'New class' }).click())
  await step('say what the class is', () => fillInClass(page, CLASS))
  await step('ask to add students', () =>
    page.getByRole('tabpanel').getByRole('link', { name: 'Add students' }).click(),
  )
  await step('drop the list', () => drop(page, 'class list.xlsx', toXlsx([HEADER, ...rows])))
  await step('say what the unknown column is', () => page.getByLabel('Column B: Seat').selectOption('Roll number'))
  await step('ask for the rows', () => page.getByRole('button', { name: 'Show the rows' }).click())

  await expect(heading(page, 'What this file will do')).toBeVisible()
  await expect(count(page, 'New')).toHaveText('480')
  await expect(count(page, 'To correct')).toHaveText('20')
  await expect(page.getByText('20 rows will be left out.')).toBeVisible()
  await expect(page.getByText('Not read: Blood group.')).toBeVisible()
  await expect(page.getByRole('row')).toHaveCount(1 + faults.length)
  for (const { row, says } of faults) {
    const line = page.getByRole('row').filter({ has: page.getByRole('cell', { name: String(row), exact: true }) })
    await expect(line.getByText(says, { exact: true })).toBeVisible()
  }

  // The bar is gone again in a moment, and at nought it has no width: it is waited for from before the button is pressed.
  await Promise.all([
    page.getByRole('progressbar', { name: 'Taking the rows' }).waitFor({ state: 'attached' }),
    step('take the good rows', () => page.getByRole('button', { name: 'Take 480 rows' }).click()),
  ])
  await expect(heading(page, 'What this file did')).toBeVisible()
  await expect(count(page, 'New')).toHaveText('480')
  await expect(count(page, 'Left out')).toHaveText('20')

  await step('go to the day', () => page.getByRole('link', { name: 'Today' }).click())
  await step('start the session', () => page.getByRole('button', { name: `Start session of ${CLASS}` }).click())
  await expect(heading(page, new RegExp(`^${CLASS}, `))).toBeVisible()
  await expect(count(page, 'Missing, of 480')).toHaveText('480')
  const tiles = page.getByRole('button', { name: /, Missing$/ })
  await expect(tiles).toHaveCount(480)
  const labels = await tiles.evaluateAll((found) => found.map((tile) => tile.getAttribute('aria-label')))
  expect(labels.toSorted()).toEqual(GOOD_STUDENTS.map(({ name, rollNo }) => `${name}, ${rollNo}, Missing`).toSorted())

  test.info().annotations.push({ type: 'steps', description: String(taken()) })
  expect(taken()).toBeLessThan(STEPS_BELOW)
  expect(device.problems()).toEqual([])
})
