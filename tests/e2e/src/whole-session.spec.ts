import { expect, type Locator, type Page, test } from '@playwright/test'
import { actFor, FACE_MS, goToCheckIn, TRIES } from './acting.ts'
import { ADMIN, arrangeClass, arrangeInstitution, arrangeTeacher, joinByInvite } from './arrange.ts'
import { type Camera, openCamera } from './camera.ts'
import { changePolicy } from './database.ts'
import { type Device, LAPTOP, openDevice, PHONE } from './device.ts'
import { type Clips, prepareClips } from './media/clips.ts'
import { answer, decisionOf, pageTitle, save, shownCode, tile } from './screens.ts'
import { type RunningServer, startServer } from './server.ts'
import { signIn } from './signing-in.ts'
import { readRows } from './spreadsheet.ts'

// One session from its plan to its last change, told in order: two teachers and three students, a browser each.
test.describe.configure({ mode: 'serial' })

const CLASS = 'Biology A'
const COLLEAGUE = { fullName: 'Ben Okoro', email: 'ben@lake.example' }
/** The first three have a phone: one is marked by face, one is refused, one takes the code. */
const STUDENTS = [
  ['B1', 'Mira Sen'],
  ['B2', 'Jon Brandt'],
  ['B3', 'Noor Aziz'],
  ['B4', 'Omar Lund'],
  ['B5', 'Lea Vogt'],
] as const

/** Late after a minute: the code is used before it, the face after it. */
const UNTIL_LATE_MS = 60_000
/** How soon the session is planned to begin; it may be started early. */
const PLANNED_AHEAD_MS = 5 * 60_000

let server: RunningServer
let clips: Clips
let cameras: { mira: Camera; jon: Camera }
/** Ada is an admin who teaches; Ben teaches the same class. */
let devices: { ada: Device; ben: Device; mira: Device; jon: Device; noor: Device }

test.beforeAll(async () => {
  test.setTimeout(240_000)
  clips = await prepareClips()
  server = await startServer({ demo: false })
  const { personId, as } = await arrangeInstitution(server)
  const ben = await arrangeTeacher(server, { as, ...COLLEAGUE })
  const teacherIds = [personId, ben.personId]
  const { links } = await arrangeClass(server, { as, name: CLASS, students: STUDENTS, teacherIds })
  for (const { link } of links.slice(0, 3)) await joinByInvite(server, link)
  if (clips.areDrawn) await changePolicy(server, { injectionChecks: false })

  const { address } = server
  cameras = { mira: await openCamera(clips.student), jon: await openCamera(clips.stranger) }
  devices = {
    ada: await openDevice({ address, viewport: LAPTOP }),
    ben: await openDevice({ address, viewport: LAPTOP }),
    mira: await openDevice({ address, viewport: PHONE, clip: cameras.mira.clip }),
    jon: await openDevice({ address, viewport: PHONE, clip: cameras.jon.clip }),
    noor: await openDevice({ address, viewport: PHONE }),
  }
  await signIn(devices.ada.page, ADMIN.email)
  await signIn(devices.ben.page, COLLEAGUE.email)
  await signIn(devices.mira.page, 'B1')
  await signIn(devices.jon.page, 'B2')
  await signIn(devices.noor.page, 'B3')
})
test.afterAll(async () => {
  for (const device of Object.values(devices ?? {})) await device.close()
  for (const camera of Object.values(cameras ?? {})) await camera.close()
  await server?.stop()
})
test.afterEach(() => {
  for (const device of Object.values(devices)) expect(device.problems()).toEqual([])
})

const boards = (): [Page, Page] => [devices.ada.page, devices.ben.page]

/** Both teachers see it, and neither page was loaded anew. */
async function expectOnBothBoards(label: RegExp): Promise<void> {
  for (const board of boards()) {
    await expect(tile(board, label)).toBeVisible()
    expect(await board.evaluate('window.sameDocument')).toBe(true)
  }
}

async function openMark(board: Page, name: string): Promise<Locator> {
  await tile(board, new RegExp(`^${name}, `)).click()
  return board.getByRole('dialog', { name: `Mark ${name}` })
}

async function decide(dialog: Locator, status: string, reason: string): Promise<void> {
  await dialog.getByRole('radio', { name: status }).check()
  await dialog.getByLabel('Reason', { exact: true }).fill(reason)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
}

/** Of a planned session, from its board. */
async function changeRoom(board: Page, room: string): Promise<void> {
  await board.getByRole('button', { name: 'More for this session' }).click()
  await board.getByRole('menuitem', { name: 'Change time or room' }).click()
  const dialog = board.getByRole('dialog', { name: 'Change a planned session' })
  await dialog.getByLabel('Room').fill(room)
  await dialog.getByRole('button', { name: 'See what changes' }).click()
  await dialog.getByRole('button', { name: 'Save changes' }).click()
  await expect(dialog).toBeHidden()
}

/** Every change of a student's mark as its history tells it, the oldest first. */
async function expectHistory(board: Page, name: string, changes: readonly RegExp[]): Promise<void> {
  const dialog = await openMark(board, name)
  await dialog.getByText('History', { exact: true }).click()
  await expect(dialog.getByRole('list', { name: 'Changes of this mark' }).getByRole('listitem')).toHaveText([
    ...changes,
  ])
  await board.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
}

/** Day and time of day in the institution's zone. */
function inItsZone(at: number): { day: string; time: string } {
  const [day = '', time = ''] = new Date(at).toLocaleString('sv-SE', { timeZone: 'Asia/Kolkata' }).split(' ')
  return { day, time: time.slice(0, 5) }
}

for (const who of ['mira', 'jon'] as const)
  test(`${who} sets up a face before the session`, async () => {
    test.setTimeout(TRIES * FACE_MS)
    const { page } = devices[who]
    await page.goto('/consent')
    await page.getByRole('button', { name: 'I agree' }).click()
    await actFor({ page, camera: cameras[who], server }, 'Your face is set up')
  })

test('one teacher plans the session, the other starts it, and both have its board', async () => {
  const { ada, ben } = devices
  const { day, time } = inItsZone(Date.now() + PLANNED_AHEAD_MS)
  await ada.page.getByRole('link', { name: 'Classes', exact: true }).click()
  await ada.page.getByRole('link', { name: CLASS }).click()
  await ada.page.getByRole('tab', { name: 'Sessions' }).click()
  await ada.page.getByRole('button', { name: 'Plan a session' }).click()
  const dialog = ada.page.getByRole('dialog', { name: 'Plan a session' })
  await dialog.getByLabel('Day').fill(day)
  await dialog.getByLabel('Starts at').fill(time)
  await dialog.getByLabel('Late after').fill(String(UNTIL_LATE_MS / 60_000))
  await dialog.getByRole('button', { name: 'Plan session' }).click()
  const planned = ada.page.getByRole('row', { name: /Planned/ })
  await expect(planned).toBeVisible()
  await planned.getByRole('link').click()
  await changeRoom(ada.page, 'Hall 2')

  await ben.page.goto('/today')
  await ben.page.getByRole('button', { name: `Start ${CLASS}, ${time}` }).click()
  await expect(pageTitle(ben.page, new RegExp(`^${CLASS}, `))).toBeVisible()
  await ada.page.goto(ben.page.url())
  for (const board of boards()) await board.evaluate('window.sameDocument = true')
  await expectOnBothBoards(/^Mira Sen, B1, Missing$/)
})

test('a student who takes the code at once is in time', async () => {
  const { page } = devices.noor
  await page.goto('/home')
  await page.getByRole('link', { name: 'Use the code' }).click()
  await page.getByLabel('Code', { exact: true }).fill(await shownCode(devices.ada.page).innerText())
  await expect(answer(page, 'Present')).toBeVisible()
  await expectOnBothBoards(/^Noor Aziz, B3, Present, By code, /)
})

test('two teachers decide about one mark: the later one is told, and then decides about what it is now', async () => {
  const [ada, ben] = boards()
  const first = await openMark(ada, 'Omar Lund')
  const later = await openMark(ben, 'Omar Lund')
  await first.getByRole('radio', { name: 'Excused' }).check()
  await first.getByRole('button', { name: 'Medical' }).click()
  await expect(later.getByText('This mark has changed in the meantime. It is now: Excused.')).toBeVisible()
  await expect(later.getByRole('button', { name: 'Save' })).toBeDisabled()
  await later.getByRole('button', { name: 'Decide about that' }).click()
  await decide(later, 'Late', 'Back from the nurse')
  await expectOnBothBoards(/^Omar Lund, B4, Late, By hand, /)
})

test('a student whose face is not seen is refused, and let through by the teacher with one tap', async () => {
  test.setTimeout(2 * FACE_MS)
  const { page } = devices.jon
  await cameras.jon.pointAt(clips.emptyRoom)
  await goToCheckIn(page)
  await page.getByRole('button', { name: 'Open the camera' }).click()
  await expect(answer(page, 'We could not see your face')).toBeVisible({ timeout: FACE_MS })
  for (const board of boards()) await expect(decisionOf(board, 'Jon Brandt')).toContainText('no face in the picture')
  await devices.ada.page.getByRole('button', { name: 'Let Jon Brandt through: mark present' }).click()
  await expectOnBothBoards(/^Jon Brandt, B2, Present, By hand, /)
  for (const board of boards()) await expect(decisionOf(board, 'Jon Brandt')).toHaveCount(0)
  await page.goto('/home')
  await expect(page.getByText(/^By hand, /)).toBeVisible()
})

test('a student who comes too late is marked late by their face', async () => {
  test.setTimeout(UNTIL_LATE_MS + TRIES * FACE_MS)
  const { page } = devices.mira
  await page.goto('/home')
  await expect(page.getByText(/^You count as late now/)).toBeVisible({ timeout: 2 * UNTIL_LATE_MS })
  await goToCheckIn(page)
  await actFor({ page, camera: cameras.mira, server }, 'Late')
  await expectOnBothBoards(/^Mira Sen, B1, Late, By face, /)
})

test('the end makes the rest absent, on both boards', async () => {
  await devices.ada.page.getByRole('button', { name: 'End session' }).click()
  await expect(devices.ada.page.getByText('The session has ended. 1 student became absent.')).toBeVisible()
  await expectOnBothBoards(/^Lea Vogt, B5, Absent, When the session ended, /)
})

test('its marks leave as a file that says in words what each stands on', async () => {
  const { name, bytes } = await save(devices.ben.page, 'Download marks .xlsx')
  expect(name).toMatch(/-marks\.xlsx$/)
  const [header, ...rows] = readRows(bytes)
  expect(header?.slice(2, 5)).toEqual(['Status', 'How', 'Assurance'])
  expect(rows.map((row) => row.slice(0, 5))).toEqual([
    ['B1', 'Mira Sen', 'Late', 'By face', 'B: face, live'],
    ['B2', 'Jon Brandt', 'Present', 'By hand', 'D: by hand'],
    ['B3', 'Noor Aziz', 'Present', 'By code', 'C: the code in the room, on the student’s own sign-in'],
    ['B4', 'Omar Lund', 'Late', 'By hand', 'D: by hand'],
    ['B5', 'Lea Vogt', 'Absent', 'When the session ended', ''],
  ])
})

test('the late student asks for a correction, and the teacher grants it', async () => {
  const [ada, ben] = boards()
  const { page } = devices.mira
  await page.goto('/history')
  await page.getByRole('link', { name: /^Ask for a correction: Biology/ }).click()
  const asking = page.getByRole('dialog', { name: 'Ask for a correction' })
  await expect(asking).toContainText('The mark is: Late.')
  await asking.getByLabel('It should be').selectOption('Present')
  await asking.getByLabel('Reason').fill('The bus stood still')
  await asking.getByRole('button', { name: 'Send' }).click()
  await expect(page.getByRole('list', { name: 'Corrections' })).toContainText('The bus stood still')

  await ben.getByRole('link', { name: 'Requests' }).click()
  await ben.getByRole('button', { name: 'Grant the request of Mira Sen' }).click()
  const granting = ben.getByRole('dialog', { name: 'Grant the request of Mira Sen' })
  await granting.getByLabel('A word to the student').fill('I was on it too')
  await granting.getByRole('button', { name: 'Grant' }).click()
  await expect(tile(ada, /^Mira Sen, B1, Present, By hand, /)).toBeVisible()
  await ben.goBack()
  await expectOnBothBoards(/^Mira Sen, B1, Present, By hand, /)
  await page.reload()
  await expect(page.getByText('Granted by Ben Okoro. “I was on it too”')).toBeVisible()
})

test('once the marks are locked nobody changes them, until an admin unlocks them with a reason', async () => {
  const [ada, ben] = boards()
  await changePolicy(server, { lockDays: 0 })
  await ben.reload()
  await expect(ben.getByText('These marks are locked. Ask an administrator to unlock them.')).toBeVisible()
  await ben.evaluate('window.sameDocument = true')
  const locked = await openMark(ben, 'Mira Sen')
  await expect(locked.getByRole('list', { name: 'Changes of this mark' })).toBeVisible()
  await expect(locked.getByRole('button', { name: 'Save' })).toHaveCount(0)
  await ben.keyboard.press('Escape')

  await ada.reload()
  await ada.evaluate('window.sameDocument = true')
  await ada.getByRole('button', { name: 'Unlock' }).click()
  const unlocking = ada.getByRole('dialog', { name: 'Unlock these marks?' })
  await unlocking.getByLabel('Reason').fill('The bus company wrote')
  await unlocking.getByRole('button', { name: 'Unlock' }).click()
  for (const board of boards())
    await expect(board.getByText(/^An administrator has unlocked these marks until /)).toBeVisible()

  await decide(await openMark(ben, 'Mira Sen'), 'Excused', 'Sent home by the driver')
  await expectOnBothBoards(/^Mira Sen, B1, Excused, By hand, /)
})

test('the history of each mark says who changed it, from what to what, and why', async () => {
  const { ada, ben } = devices
  await expectHistory(ada.page, 'Mira Sen', [
    /^Late \(By face\)Mira Sen · [^·]+$/,
    /^Late \(By face\) → Present \(By hand\)Ben Okoro · [^·]+ · The bus stood still$/,
    /^Present \(By hand\) → Excused \(By hand\)Ben Okoro · [^·]+ · Sent home by the driver$/,
  ])
  await expectHistory(ben.page, 'Jon Brandt', [
    /^Present \(By hand\)Ada Rao · [^·]+ · Let through by the teacher\. Camera: .*no face in the picture/,
  ])
  await expectHistory(ben.page, 'Noor Aziz', [/^Present \(By code\)Noor Aziz · [^·]+$/])
  await expectHistory(ben.page, 'Omar Lund', [
    /^Excused \(By hand\)Ada Rao · [^·]+ · Medical$/,
    /^Excused \(By hand\) → Late \(By hand\)Ben Okoro · [^·]+ · Back from the nurse$/,
  ])
  await expectHistory(ben.page, 'Lea Vogt', [/^Absent \(When the session ended\)Ada Rao · [^·]+$/])
})
