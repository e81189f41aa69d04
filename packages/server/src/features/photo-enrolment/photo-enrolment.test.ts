import {
  discardPhotoBatch,
  getPhotoBatch,
  giveConsent,
  listClassStudents,
  listPhotoItems,
  startEnrolment,
  startPhotoBatch,
  startSession,
  takePhotoBatch,
  withdrawConsent,
} from '@app/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { signInAgain, type TestPerson } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { checkIn, enrol, readShownFaces } from '../../testing/builders-faces.ts'
import { aPhotoZip, readShownPhoto } from '../../testing/photo-zip.ts'
import { NOTICE_VERSION } from '../enrolment/index.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp({ readFrames: readShownFaces, readPhoto: readShownPhoto })
})
afterAll(() => test.close())

const consent = (as: TestPerson) => test.call(giveConsent, { as, body: { version: NOTICE_VERSION } })

async function aPhotoCollege(students = 4, agreed = students): Promise<TestCollege> {
  const college = await aCollege(test, { students, policy: { bulkPhotoEnrolment: true } })
  for (const student of college.students.slice(0, agreed)) await consent(student)
  return college
}

/** Sends a zip and waits until it is read. */
async function read({ admin: as }: TestCollege, photos: Record<string, string>): Promise<string> {
  const { body } = await test.call(startPhotoBatch, { as, file: { bytes: aPhotoZip(photos) } })
  await test.deps.background.idle()
  return body.id
}
const outcomes = async ({ admin: as }: TestCollege, batchId: string) => {
  const { items } = (await test.call(listPhotoItems, { as, params: { batchId }, query: {} })).body
  return Object.fromEntries(items.map(({ fileName, outcome }) => [fileName, outcome]))
}
const take = ({ admin: as }: TestCollege, batchId: string) => test.call(takePhotoBatch, { as, params: { batchId } })
const facesOf = async ({ teacher: as, class: { id: classId } }: TestCollege) =>
  (await test.call(listClassStudents, { as, params: { classId } })).body.students.map(({ face }) => face)

describe('a zip of photos', () => {
  it('is read in the background, each photo with what became of it', async () => {
    const college = await aPhotoCollege(6, 4)
    await enrol(test, nth(college.students, 3), `dora of ${college.class.id}`)
    const batchId = await read(college, {
      'class 1/R1.jpg': `ana of ${college.class.id}`,
      'r2.JPG': '!blurred',
      'R3.png': '?',
      'R4.jpg': `dora of ${college.class.id}`,
      'R5.jpg': `eve of ${college.class.id}`,
      'nobody.jpg': 'somebody',
      'other/R1.jpeg': `ana of ${college.class.id}`,
      '__MACOSX/R1.jpg': 'x',
      'readme.txt': 'x',
    })
    const { body } = await test.call(getPhotoBatch, { as: college.admin, params: { batchId } })
    expect(body).toMatchObject({ photos: 7, read: 7, state: 'read' })
    expect(await outcomes(college, batchId)).toEqual({
      'R1.jpg': 'ready',
      'r2.JPG': 'blurred',
      'R3.png': 'unreadable',
      'R4.jpg': 'enrolled-already',
      'R5.jpg': 'no-consent',
      'nobody.jpg': 'no-student',
      'R1.jpeg': 'twice',
    })
  })

  it('shows a small picture of each face, and keeps neither it nor the template once it is taken', async () => {
    const college = await aPhotoCollege(1)
    const batchId = await read(college, { 'R1.jpg': `ana of ${college.class.id}` })
    const { items } = (await test.call(listPhotoItems, { as: college.admin, params: { batchId }, query: {} })).body
    const jpeg = Buffer.from(nth(items, 0).thumbnail?.split(',')[1] ?? '', 'base64').toString()
    expect(jpeg).toBe(`thumbnail of ana of ${college.class.id}`)
    await take(college, batchId)
    const kept = await test.db.inInstitution(college.institution.id, (tx) =>
      tx.selectFrom('photo_batch_items').select(['sealed', 'sealed_thumbnail', 'outcome']).execute(),
    )
    expect(kept).toEqual([{ sealed: null, sealed_thumbnail: null, outcome: 'taken' }])
  })

  it('enrols nobody with a face that is somebody else’s, enrolled or in the same zip', async () => {
    const college = await aPhotoCollege(3)
    await enrol(test, nth(college.students, 0), `ana of ${college.class.id}`)
    const batchId = await read(college, {
      'R2.jpg': `ana of ${college.class.id}`,
      'R3.jpg': `cleo of ${college.class.id}`,
    })
    expect(await outcomes(college, batchId)).toEqual({ 'R2.jpg': 'looks-like', 'R3.jpg': 'ready' })
    const twins = await aPhotoCollege(2)
    const second = await read(twins, { 'R1.jpg': `t of ${twins.class.id}`, 'R2.jpg': `t of ${twins.class.id}` })
    expect(await outcomes(twins, second)).toEqual({ 'R1.jpg': 'ready', 'R2.jpg': 'looks-like' })
  })

  it('asks again when it is taken: consent may be gone, a live enrolment may have come first', async () => {
    const college = await aPhotoCollege(3)
    const [ana, bo, cleo] = college.students.map((_, i) => `${i} of ${college.class.id}`)
    const batchId = await read(college, { 'R1.jpg': ana ?? '', 'R2.jpg': bo ?? '', 'R3.jpg': cleo ?? '' })
    await test.call(withdrawConsent, { as: nth(college.students, 0) })
    await enrol(test, nth(college.students, 1), bo ?? '')
    await take(college, batchId)
    expect(await outcomes(college, batchId)).toEqual({
      'R1.jpg': 'no-consent',
      'R2.jpg': 'enrolled-already',
      'R3.jpg': 'taken',
    })
    expect((await take(college, batchId)).error).toBe('already-done')
    expect(await facesOf(college)).toEqual(['none', 'enrolled', 'unverified'])
  })

  it.each<[string, Buffer, string]>([
    ['what is no zip', Buffer.from('not a zip at all, only words'), 'file-unreadable'],
    ['a zip without a photo', aPhotoZip({ 'list.txt': 'x' }), 'file-empty'],
  ])('refuses %s', async (_, bytes, error) => {
    const { admin: as } = await aPhotoCollege(1)
    expect((await test.call(startPhotoBatch, { as, file: { bytes } })).error).toBe(error)
  })

  it('is for institutions whose policy allows it', async () => {
    const { admin: as } = await aCollege(test)
    const bytes = aPhotoZip({ 'R1.jpg': 'ana' })
    expect((await test.call(startPhotoBatch, { as, file: { bytes } })).error).toBe('photo-enrolment-off')
  })

  it('can be thrown away, and stops being read then', async () => {
    const college = await aPhotoCollege(1)
    const { body } = await test.call(startPhotoBatch, {
      as: college.admin,
      file: { bytes: aPhotoZip({ 'R1.jpg': `ana of ${college.class.id}` }) },
    })
    const discard = () => test.call(discardPhotoBatch, { as: college.admin, params: { batchId: body.id } })
    expect((await discard()).status).toBe(200)
    await test.deps.background.idle()
    expect((await discard()).error).toBe('not-found')
  })
})

describe('a template of a photo', () => {
  async function anEnrolledByPhoto() {
    const college = await aPhotoCollege(2)
    const face = `ana of ${college.class.id}`
    await take(college, await read(college, { 'R1.jpg': face }))
    const { body } = await test.call(startSession, {
      as: college.teacher,
      params: { classId: college.class.id },
      body: { minutes: 60, lateAfterMinutes: 10, methods: ['face'] },
    })
    return { college, face, ana: nth(college.students, 0), sessionId: body.id }
  }

  it('is confirmed by the first live check-in that matches it, and by no other', async () => {
    const { college, face, ana, sessionId } = await anEnrolledByPhoto()
    await checkIn(test, ana, sessionId, { face: 'somebody else' })
    expect(await facesOf(college)).toEqual(['unverified', 'none'])
    await checkIn(test, ana, sessionId, { face })
    expect(await facesOf(college)).toEqual(['enrolled', 'none'])
    const audit = await test.db.inInstitution(college.institution.id, (tx) =>
      tx
        .selectFrom('audit_log')
        .select('action')
        .where('subject_id', '=', ana.id)
        .where('action', 'like', 'face-%')
        .execute(),
    )
    expect(audit.map(({ action }) => action)).toEqual(['face-enrolled-by-photo', 'face-verified'])
  })

  it('gives way to a live enrolment without anybody’s leave', async () => {
    const { college, ana } = await anEnrolledByPhoto()
    expect((await test.call(startEnrolment, { as: ana })).status).toBe(200)
    await enrol(test, ana, `ana of ${college.class.id}, live`)
    expect(await facesOf(college)).toEqual(['enrolled', 'none'])
    test.clock.advance(1000)
    const again = { ...ana, ...(await signInAgain(test, ana)) }
    expect((await test.call(startEnrolment, { as: again })).error).toBe('enrolled-already')
  })
})
