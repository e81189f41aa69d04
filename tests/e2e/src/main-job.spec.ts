import { expect, type Page, test } from '@playwright/test'
import { actFor, FACE_MS, goToCheckIn, TRIES } from './acting.ts'
import { joinByInvite, PASSWORD, setUpToken } from './arrange.ts'
import { type Camera, openCamera } from './camera.ts'
import { changePolicy } from './database.ts'
import { type Device, LAPTOP, openDevice, PHONE } from './device.ts'
import { fillInClass, fillInInstitution } from './first-forms.ts'
import { type Clips, prepareClips } from './media/clips.ts'
import { readQr } from './qr.ts'
import { answer, decisionOf, pageTitle, save, shownCode, tile } from './screens.ts'
import { type RunningServer, startServer } from './server.ts'
import { expectSignedIn, signIn } from './signing-in.ts'
import { readRows, toXlsx } from './spreadsheet.ts'

// One story, told in order on one server: an institution's first day.
test.describe.configure({ mode: 'serial' })

const CLASS = 'Biology A'
const STUDENTS = [
  ['roll_no', 'full_name', 'email', 'phone', 'batch', 'department'],
  ['B1', 'Mira Sen', 'mira@lake.example', '', '2026', 'Science'],
  ['B2', 'Noor Aziz', '', '', '2026', 'Science'],
  ['B3', 'Omar Lund', '', '', '2025', 'Arts'],
]

let server: RunningServer
let clips: Clips
let teacher: Device
let phone: Device
let camera: Camera
let invites: Map<string, string>

test.beforeAll(async () => {
  test.setTimeout(240_000)
  clips = await prepareClips()
  server = await startServer({ demo: false })
  teacher = await openDevice({ address: server.address, viewport: LAPTOP })
  camera = await openCamera(clips.student)
  phone = await openDevice({ address: server.address, viewport: PHONE, clip: camera.clip })
})
test.afterAll(async () => {
  await phone?.close()
  await camera?.close()
  await teacher?.close()
  await server?.stop()
})
test.afterEach(() => {
  expect(teacher.problems()).toEqual([])
  expect(phone.problems()).toEqual([])
})

async function startSession(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Today' }).click()
  await page.getByRole('button', { name: `Start session of ${CLASS}` }).click()
  await expect(pageTitle(page, new RegExp(`^${CLASS}, `))).toBeVisible()
  await expect(tile(page, /^Mira Sen, B1, Missing$/)).toBeVisible()
}

async function endSession(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'End session' }).click()
  await expect(page.getByText(/^The session has ended/)).toBeVisible()
}

/** What students read never says how near they came. */
const expectNoScore = async (page: Page) => expect(await page.locator('body').innerText()).not.toMatch(/\d[.,]\d|\d ?%/)

test('the set-up link makes the institution and its first teacher', async () => {
  const { page } = teacher
  await page.goto(`/set-up#${setUpToken(server)}`)
  await fillInInstitution(page)
  await expectSignedIn(page)
  await expect(pageTitle(page, 'Today')).toBeVisible()
  if (clips.areDrawn) await changePolicy(server, { injectionChecks: false })
})

test('the teacher makes a class and adds its students from a spreadsheet', async () => {
  const { page } = teacher
  await page.getByRole('link', { name: 'Classes', exact: true }).click()
  await page.getByRole('button', { name: 'New class' }).click()
  await fillInClass(page, CLASS)
  await expect(pageTitle(page, CLASS)).toBeVisible()

  await page.getByRole('tabpanel').getByRole('link', { name: 'Add students' }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a file' }).click()
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  await (await chooser).setFiles({ name: 'students.xlsx', mimeType, buffer: toXlsx(STUDENTS) })
  await page.getByRole('button', { name: 'Take 3 rows' }).click()
  await page.getByRole('button', { name: 'Invite 3 people' }).click()

  const { bytes } = await save(page, 'Download as CSV')
  invites = new Map(readRows(bytes).map(([rollNo = '', , link = '']) => [rollNo, link]))
  expect([...invites.keys()]).toEqual(['roll_no', 'B1', 'B2', 'B3'])
  await page.getByRole('button', { name: 'Back to the list' }).click()
  await page.getByRole('link', { name: 'To the class' }).click()
  await expect(page.getByRole('row', { name: /B1.*Mira Sen.*Invited.*Not set up/ })).toBeVisible()
})

test('a student sets a password, agrees, and sets up their face before the camera', async () => {
  test.setTimeout(TRIES * FACE_MS)
  const { page } = phone
  await page.goto(invites.get('B1') ?? '')
  await expect(pageTitle(page, 'Welcome, Mira Sen')).toBeVisible()
  await page.getByLabel('Choose a password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Set password and sign in' }).click()
  await expect(page.getByText('No session is open')).toBeVisible()
  await page.getByRole('link', { name: 'See how it works' }).click()
  await expect(pageTitle(page, 'Checking in by face')).toBeVisible()
  await page.getByRole('button', { name: 'I agree' }).click()
  await actFor({ page, camera, server }, 'Your face is set up')
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(pageTitle(page, 'Home')).toBeVisible()
})

test('another person’s live face is refused with one kind sentence, and the teacher sees why', async () => {
  test.setTimeout(TRIES * FACE_MS)
  await startSession(teacher.page)
  const theirs = await openCamera(clips.stranger)
  const stranger = await openDevice({ address: server.address, viewport: PHONE, clip: theirs.clip })
  try {
    await signIn(stranger.page, 'B1')
    await goToCheckIn(stranger.page)
    await actFor({ page: stranger.page, camera: theirs, server }, 'We could not confirm that it is you')
    await expectNoScore(stranger.page)
    expect(stranger.problems()).toEqual([])
  } finally {
    await stranger.close()
    await theirs.close()
  }
  await expect(tile(teacher.page, /^Mira Sen, B1, Missing$/)).toBeVisible()
  await expect(decisionOf(teacher.page, 'Mira Sen')).toContainText('does not look like this student')
})

test('the live face marks its student present, and the board turns without a reload', async () => {
  test.setTimeout(TRIES * FACE_MS)
  const board = teacher.page
  await board.evaluate('window.sameDocument = true')
  await goToCheckIn(phone.page)
  await actFor({ page: phone.page, camera, server }, 'Present')
  await expect(tile(board, /^Mira Sen, B1, Present, By face, /)).toBeVisible({ timeout: 3_000 })
  expect(await board.evaluate('window.sameDocument')).toBe(true)
  await expect(pageTitle(phone.page, 'Home')).toBeVisible()
  await expect(phone.page.getByText('By face')).toBeVisible()
})

test('ending the session makes the others absent', async () => {
  const { page } = teacher
  await endSession(page)
  await expect(tile(page, /^Omar Lund, B3, Absent, /)).toBeVisible()
  await expect(tile(page, /^Noor Aziz, B2, Absent, /)).toBeVisible()
  await expect(tile(page, /^Mira Sen, B1, Present, By face, /)).toBeVisible()
})

const ATTACKS = [
  {
    what: 'a photo held up',
    clip: 'heldPhoto',
    said: /^We could not (see you|confirm that it is you)/,
    why: /action|did not|blink|turn|photo or a screen/,
  },
  {
    what: 'the student who does not do what is asked',
    clip: 'waitingStudent',
    said: /^We could not see you (blink|turn left|turn right)$/,
    why: /action|did not|blink|turn/,
  },
  { what: 'an empty room', clip: 'emptyRoom', said: /^We could not see your face$/, why: /no face/ },
] as const

test('a second session begins', () => startSession(teacher.page))

for (const [i, { what, clip, said, why }] of ATTACKS.entries())
  test(`refuses ${what}, with one kind sentence, and tells the teacher why`, async () => {
    test.setTimeout(2 * FACE_MS)
    const attacker = await openDevice({ address: server.address, viewport: PHONE, clip: clips[clip] })
    try {
      const { page } = attacker
      await signIn(page, 'B1')
      await goToCheckIn(page)
      await page.getByRole('button', { name: 'Open the camera' }).click()
      await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible({ timeout: FACE_MS })
      await expect(answer(page, said)).toBeVisible()
      await expect(page.getByText('It may be quicker with the code')).toHaveCount(i < 2 ? 0 : 1)
      await expectNoScore(page)
      expect(attacker.problems()).toEqual([])
    } finally {
      await attacker.close()
    }
    const board = teacher.page
    await expect(tile(board, /^Mira Sen, B1, Missing$/)).toBeVisible()
    const decision = decisionOf(board, 'Mira Sen')
    await expect(decision).toContainText(`${i + 1} tr`)
    await expect(decision).toContainText(why)
  })

test('a wrong code is refused, the one on the projector marks', async () => {
  const { page } = phone
  const projector = await teacher.context.newPage()
  await projector.goto(`${teacher.page.url()}/projector`)
  await page.goto('/home')
  await page.getByRole('link', { name: 'Use the code' }).click()
  const shown = shownCode(projector)
  const wrong = (await shown.innerText()) === 'ZZZZZZ' ? 'YYYYYY' : 'ZZZZZZ'
  await page.getByLabel('Code', { exact: true }).fill(wrong)
  await expect(page.getByText('This is not the code on the screen.')).toBeVisible()
  await page.getByLabel('Code', { exact: true }).fill(await shown.innerText())
  await expect(answer(page, 'Present')).toBeVisible()
  await expect(tile(teacher.page, /^Mira Sen, B1, Present, By code, /)).toBeVisible()
  await expect(projector.getByText('1 of 3 marked')).toBeVisible()
  await projector.close()
})

test('the QR on the projector is a link that signs in and marks in one go', async () => {
  await joinByInvite(server, invites.get('B2') ?? '')
  const projector = await teacher.context.newPage()
  await projector.goto(`${teacher.page.url()}/projector`)
  await expect(projector.getByRole('img', { name: 'QR code for checking in' })).toBeVisible()
  const other = await openDevice({ address: server.address, viewport: PHONE })
  try {
    await signIn(other.page, 'B2')
    const link = await readQr(await projector.screenshot())
    expect(new URL(link).pathname).toMatch(/^\/c\//)
    await other.page.goto(link)
    await expect(answer(other.page, 'Present')).toBeVisible()
    expect(other.problems()).toEqual([])
  } finally {
    await other.close()
    await projector.close()
  }
  await expect(tile(teacher.page, /^Noor Aziz, B2, Present, By code, /)).toBeVisible()
})

test('the teacher marks by hand, with a reason, and ends the session', async () => {
  const { page } = teacher
  await tile(page, /^Omar Lund, B3, Missing$/).click()
  const dialog = page.getByRole('dialog', { name: 'Mark Omar Lund' })
  await dialog.getByRole('radio', { name: 'Excused' }).check()
  await dialog.getByRole('button', { name: 'Medical' }).click()
  await expect(tile(page, /^Omar Lund, B3, Excused, By hand, /)).toBeVisible()
  await endSession(page)
})

const COLUMNS = [
  'Roll No',
  'Full Name',
  'Email',
  'Batch',
  'Department',
  'Present Sessions',
  'Total Sessions',
  'Attendance Percentage',
]

test('the report shows both sessions and leaves as .xlsx and .csv', async () => {
  const { page } = teacher
  await page.getByRole('link', { name: 'Classes' }).click()
  await page.getByRole('link', { name: CLASS }).click()
  await page.getByRole('tab', { name: 'Report' }).click()
  await expect(page.getByRole('row', { name: /B1.*Mira Sen.*2.*2.*100/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /B2.*Noor Aziz.*1.*2.*50/ })).toBeVisible()
  for (const format of ['xlsx', 'csv']) {
    const { name, bytes } = await save(page, `Download .${format}`)
    expect(name).toMatch(new RegExp(`\\.${format}$`))
    const [header, ...rows] = readRows(bytes)
    expect(header).toEqual(COLUMNS)
    expect(rows.map((row) => row.slice(0, 2))).toEqual([
      ['B1', 'Mira Sen'],
      ['B2', 'Noor Aziz'],
      ['B3', 'Omar Lund'],
    ])
    expect(rows[0]?.slice(5, 7)).toEqual(['2', '2'])
  }
})

test('every mark of the class leaves as a file that says in words what it stands on', async () => {
  const { name, bytes } = await save(teacher.page, 'Download every mark .csv')
  expect(name).toMatch(/-marks\.csv$/)
  const [header, ...rows] = readRows(bytes)
  expect(header?.slice(0, 7)).toEqual(['Roll No', 'Full Name', 'Date', 'Starts', 'Status', 'How', 'Assurance'])
  expect(rows).toHaveLength(2 * 3)
  expect(rows.filter(([rollNo]) => rollNo === 'B1').map((row) => row.slice(4, 7))).toEqual([
    ['Present', 'By face', 'B: face, live'],
    ['Present', 'By code', 'C: the code in the room, on the student’s own sign-in'],
  ])
})

test('the student sees how they are doing, and each session', async () => {
  const { page } = phone
  await page.goto('/home')
  await expect(page.getByText('2 of 2 attended')).toBeVisible()
  await page.getByRole('link', { name: 'History' }).click()
  const rows = page.getByRole('list', { name: 'Your sessions, newest first' }).getByRole('listitem')
  await expect(rows).toHaveText([/Biology A.*Present.*By code/, /Biology A.*Present.*By face/])
})

test('the class asks for the code in the room as well as a face', async () => {
  const { page } = teacher
  await page.getByRole('tab', { name: 'Policy' }).click()
  await page.getByLabel('A check-in must reach at least').selectOption('A: face and being in the room')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Level A needs a proof of being in the room.')).toBeVisible()
  await page.getByLabel('The code on the screen in the room').check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Decided for this class')).toHaveCount(2)
  await startSession(page)
})

test('a face is looked at only after the code in the room, and the two together reach level A', async () => {
  test.setTimeout(TRIES * FACE_MS)
  const shown = shownCode(teacher.page)
  const { page } = phone
  await goToCheckIn(page)
  await expect(pageTitle(page, 'Show that you are in the room')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Go on without it' })).toHaveCount(0)
  const code = page.getByLabel('Code', { exact: true })
  await code.fill((await shown.innerText()) === 'ZZZZZZ' ? 'YYYYYY' : 'ZZZZZZ')
  await expect(page.getByText('This is not the code on the screen.')).toBeVisible()
  await camera.nextTake()
  await code.fill(await shown.innerText())
  await expect(answer(page, 'Present').or(page.getByRole('button', { name: 'Try again' }))).toBeVisible({
    timeout: FACE_MS,
  })
  if (!(await answer(page, 'Present').isVisible())) {
    test.info().annotations.push({ type: 'tried again', description: await answer(page, /./).innerText() })
    await camera.nextTake()
    await page.getByRole('button', { name: 'Try again' }).click()
    await code.fill(await shown.innerText())
  }
  await expect(answer(page, 'Present')).toBeVisible({ timeout: FACE_MS })
  const mark = tile(teacher.page, /^Mira Sen, B1, Present, By face, /)
  await expect(mark).toHaveAttribute('title', 'A: face, live, and shown to be in the room. code in the room')
})
