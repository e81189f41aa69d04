import { answerCorrection, answerLeave, askCorrection, askLeave, endSession, startSession } from '@app/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Mail } from '../../platform/mail/mailer.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aPerson } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { startAnswerMails } from './index.ts'

const sent: Mail[] = []
const mailer = { send: async (mail: Mail) => void sent.push(mail), check: async () => true, close: () => undefined }

let test: TestApp
let withoutMail: TestApp
let college: TestCollege
beforeAll(async () => {
  test = await createTestApp({ mailer })
  withoutMail = await createTestApp()
  await startAnswerMails(test.deps)
})
afterAll(() => Promise.all([test.close(), withoutMail.close()]))
beforeEach(async () => {
  sent.length = 0
  test.jobs.queued.length = 0
  college = await aCollege(test)
})

const startIn = async (app: TestApp, { teacher: as, class: { id: classId } }: TestCollege) =>
  (await app.call(startSession, { as, params: { classId }, body: { methods: ['code'] } })).body.id

/** A session that has ended without the first student, who asks for it to be corrected; it opened at 14:30 in Kolkata. */
async function aCorrection(app: TestApp = test, of: TestCollege = college): Promise<string> {
  const sessionId = await startIn(app, of)
  app.clock.advance(1000)
  await app.call(endSession, { as: of.teacher, params: { sessionId } })
  const body = { sessionId, wanted: 'present', reason: 'my camera was broken' } as const
  return (await app.call(askCorrection, { as: nth(of.students, 0), body })).body.id
}

const answerIt = (requestId: string, answer: Parameters<typeof test.call<typeof answerCorrection>>[1]['body']) =>
  test.call(answerCorrection, { as: college.teacher, params: { requestId }, body: answer })

describe('a correction that is answered', () => {
  it('is told to the student by mail: what was asked, the answer and where it stands', async () => {
    const requestId = await aCorrection()
    await answerIt(requestId, { answer: 'granted', status: 'late', note: 'I saw you come' })
    expect(sent).toEqual([])
    await test.jobs.runAll()
    const student = nth(college.students, 0)
    expect(sent).toEqual([
      {
        to: student.email,
        subject: 'Your request was granted',
        text: [
          `Hello ${student.fullName},`,
          `You asked for a correction: ${college.class.name} on 2 March 2026 at 14:30 should be “present”.`,
          'Tara Teacher has granted it. “I saw you come”',
          `Your requests are here: ${test.deps.publicUrl}/my-requests`,
        ].join('\n\n'),
      },
    ])
  })

  it('keeps what the queue holds to ids', async () => {
    await answerIt(await aCorrection(), { answer: 'declined', note: 'the list says otherwise' })
    expect(JSON.stringify(test.jobs.queued)).not.toMatch(/list says|@/)
    await test.jobs.runAll()
    expect(sent.map(({ subject }) => subject)).toEqual(['Your request was declined'])
  })

  it('is told to nobody without an address, nor to somebody who cannot sign in any more', async () => {
    for (const gone of [{ email: null }, { status: 'disabled' as const }]) {
      const requestId = await aCorrection()
      await test.db.inInstitution(college.institution.id, (tx) =>
        tx.updateTable('people').set(gone).where('id', '=', nth(college.students, 0).id).execute(),
      )
      await answerIt(requestId, { answer: 'declined', note: 'no' })
      college = await aCollege(test)
    }
    await test.jobs.runAll()
    expect(sent).toEqual([])
  })

  it('leaves nothing in the queue where no mail is sent', async () => {
    const of = await aCollege(withoutMail)
    const requestId = await aCorrection(withoutMail, of)
    const body = { answer: 'declined', note: 'no' } as const
    await withoutMail.call(answerCorrection, { as: of.teacher, params: { requestId }, body })
    expect(withoutMail.jobs.queued).toEqual([])
  })
})

describe('leave that is answered', () => {
  it('is told with its days and the classes that this answer is for', async () => {
    const student = await aPerson(test, college.institution, { roles: ['student'], fullName: 'Bo\r\nBcc: x' })
    await test.db.inInstitution(college.institution.id, (tx) =>
      tx
        .insertInto('class_students')
        .values({
          institution_id: college.institution.id,
          class_id: college.class.id,
          person_id: student.id,
          joined_at: test.clock.now(),
          left_at: null,
        })
        .execute(),
    )
    test.clock.advance(1000)
    const classIds = [college.class.id]
    const asked = { from: '2026-03-09', until: '2026-03-11', classIds, reason: 'a wedding' }
    const { body: leave } = await test.call(askLeave, { as: student, body: asked })
    const body = { answer: 'granted', classIds, note: '' } as const
    await test.call(answerLeave, { as: college.teacher, params: { requestId: leave.id }, body })
    await test.jobs.runAll()
    expect(sent[0]?.text.split('\n\n').slice(0, 3)).toEqual([
      'Hello Bo Bcc: x,',
      `You asked for leave on 9 March 2026 to 11 March 2026 from ${college.class.name}.`,
      'Tara Teacher has granted it.',
    ])
  })
})
