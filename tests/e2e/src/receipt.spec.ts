import { readFile } from 'node:fs/promises'
import { endSession, markByHand, startSession } from '@app/contract'
import { expect, test } from '@playwright/test'
import { ADMIN, arrangeClass, arrangeInstitution, call, joinByInvite } from './arrange.ts'
import { type Device, LAPTOP, openDevice, PHONE } from './device.ts'
import { type RunningServer, startServer } from './server.ts'
import { signIn } from './signing-in.ts'

let server: RunningServer
let student: Device
let teacher: Device
let visitor: Device
let sessionId: string

test.beforeAll(async () => {
  server = await startServer({ demo: false })
  const { as } = await arrangeInstitution(server)
  const { classId, links } = await arrangeClass(server, {
    as,
    name: 'Biology A',
    students: [
      ['B1', 'Mira Sen'],
      ['B2', 'Jon Brandt'],
    ],
  })
  const [mira] = links
  if (!mira) throw new Error('no link')
  await joinByInvite(server, mira.link)
  const session = await call(server, startSession, {
    as,
    params: { classId },
    body: { minutes: 60, lateAfterMinutes: 10, methods: ['code'] },
  })
  sessionId = session.id
  const body = { status: 'late', ownStatusId: null, reason: 'the bus', note: '', seen: null } as const
  await call(server, markByHand, { as, params: { sessionId, studentId: mira.personId }, body })
  await call(server, endSession, { as, params: { sessionId } })
  student = await openDevice({ address: server.address, viewport: PHONE })
  teacher = await openDevice({ address: server.address, viewport: LAPTOP })
  visitor = await openDevice({ address: server.address, viewport: PHONE })
})
test.afterAll(async () => {
  for (const device of [student, teacher, visitor]) await device?.close()
  await server?.stop()
})

test('a student saves a receipt, and somebody without an account checks it against the root on the board', async () => {
  await signIn(student.page, 'B1')
  await student.page.goto('/history')
  const saving = student.page.waitForEvent('download')
  await student.page.getByRole('button', { name: /^Save the receipt of Biology/ }).click()
  const file = await (await saving).path()

  await signIn(teacher.page, ADMIN.email)
  await teacher.page.goto(`/sessions/${sessionId}`)
  await teacher.page.getByRole('button', { name: 'Copy the root' }).click()
  const root = await teacher.page.evaluate<string>('navigator.clipboard.readText()')

  const { page } = visitor
  const asked: string[] = []
  await page.goto('/check-receipt')
  page.on('request', (request) => asked.push(request.url()))
  await page.locator('input[type=file]').setInputFiles(file)
  const check = async (typed: string) => {
    await page.getByLabel('Root of the session').fill(typed)
    await page.getByRole('button', { name: 'Check', exact: true }).click()
  }
  await check(root)
  await expect(page.getByRole('heading', { name: 'Proved', exact: true })).toBeVisible()
  await expect(page.getByText('This mark is part of that root.')).toBeVisible()
  await expect(page.getByRole('definition').filter({ hasText: 'Late' })).toBeVisible()

  await check(root.slice(0, 16))
  await expect(page.getByText('This mark is part of a root that begins so.')).toBeVisible()
  await check('0'.repeat(64))
  await expect(page.getByText('The receipt is whole, but belongs to another root.')).toBeVisible()

  const forged = (await readFile(file, 'utf8')).replace(
    String.raw`\"status\":\"late\"`,
    String.raw`\"status\":\"present\"`,
  )
  await page.locator('input[type=file]').setInputFiles({
    name: 'receipt.json',
    mimeType: 'application/json',
    buffer: Buffer.from(forged),
  })
  await check(root)
  await expect(page.getByText('The receipt does not fit itself.')).toBeVisible()
  await page.locator('input[type=file]').setInputFiles({
    name: 'holiday.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{}'),
  })
  await expect(page.getByRole('alert')).toContainText('This file is no receipt')
  // What is checked stays on this device.
  expect(asked.filter((url) => url.includes('/api/'))).toEqual([])
  for (const device of [student, teacher, visitor]) expect(device.problems()).toEqual([])
})

test('the audit log tells an administrator in words who marked whom', async () => {
  const { page } = teacher
  await page.goto('/audit')
  await page.getByLabel('To whom').fill('B1')
  await page.getByLabel('What', { exact: true }).selectOption('record-made')
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(page).toHaveURL(/subject=B1/)
  const row = page.getByRole('row').filter({ hasText: 'Ada Rao marked Mira Sen (B1) late' })
  await expect(row).toBeVisible()
  await expect(row).toContainText('Reason: the bus')
  await expect(page.getByRole('row')).toHaveCount(2)
  await page.getByRole('button', { name: 'Show everything' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'Ada Rao ended a session' })).toBeVisible()
})
