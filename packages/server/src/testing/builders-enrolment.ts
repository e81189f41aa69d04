import { giveConsent, startEnrolment } from '@app/contract'
import { NOTICE_VERSION } from '../features/enrolment/notice.ts'
import type { Caller, TestApp } from './app.ts'
import type { TestPerson } from './builders.ts'
import { aCollege, nth, type TestCollege } from './builders-class.ts'
import { anUpload, type Sender, type Shown, sendEnrolment } from './builders-faces.ts'

/** A college of two students who have neither agreed nor enrolled. */
export async function twoStudents(test: TestApp): Promise<TestCollege & { alice: TestPerson; bob: TestPerson }> {
  const college = await aCollege(test)
  return { ...college, alice: nth(college.students, 0), bob: nth(college.students, 1) }
}

export const agree = (test: TestApp, as: Caller, version = NOTICE_VERSION) =>
  test.call(giveConsent, { as, body: { version } })

/** Asks for a challenge and shows one face for it; answers the refusal where no challenge is given. */
export async function showToEnrol(test: TestApp, as: Sender, shown: Shown): ReturnType<typeof sendEnrolment> {
  const { error, status, raw, body } = await test.call(startEnrolment, { as })
  if (error === undefined) return sendEnrolment(test, as, body.id, anUpload(shown))
  // An error's body is nobody's to read here.
  return { error, status, raw, body: undefined as never }
}

export const templatesOf = (test: TestApp, person: TestPerson) =>
  test.db.inInstitution(person.institutionId, (tx) =>
    tx.selectFrom('face_templates').selectAll().where('person_id', '=', person.id).execute(),
  )

/** The audit lines about one person, the oldest first. */
export const auditOf = (test: TestApp, person: TestPerson) =>
  test.db.inInstitution(person.institutionId, (tx) =>
    tx
      .selectFrom('audit_log')
      .select(['action', 'actor_id', 'old_value', 'new_value'])
      .where('subject_id', '=', person.id)
      .orderBy('id')
      .execute(),
  )
