import { checkInByCode, getRotatingCode, mergeStudents, previewMerge, startSession } from '@app/contract'
import type { TestApp } from './app.ts'
import type { TestClass, TestPerson } from './builders.ts'
import { aCollege, nth, type TestCollege } from './builders-class.ts'

/** One student with two accounts: the one who stays, and the one who goes. */
type Pair = { college: TestCollege; kept: TestPerson; merged: TestPerson }

export async function aPair(app: TestApp): Promise<Pair> {
  const college = await aCollege(app)
  return { college, kept: nth(college.students, 0), merged: nth(college.students, 1) }
}

export type Merged = {
  keepFace?: 'kept' | 'merged' | null
  into?: { id: string }
  from?: { id: string }
  as?: { token: string }
}

export const mergePair = (app: TestApp, { college, kept, merged }: Pair, given: Merged = {}) => {
  const { keepFace = null, into = kept, from = merged, as = college.admin } = given
  const body = { into: into.id, keepFace, reason: 'one person' }
  return app.call(mergeStudents, { as, params: { personId: from.id }, body })
}

export const previewPair = async (app: TestApp, { college, kept, merged }: Pair) =>
  (await app.call(previewMerge, { as: college.admin, params: { personId: merged.id }, query: { into: kept.id } })).body

/** A session that is late after a minute; its id. */
export async function startAnHour(app: TestApp, { teacher }: TestCollege, of: TestClass): Promise<string> {
  const { body } = await app.call(startSession, {
    as: teacher,
    params: { classId: of.id },
    body: { minutes: 60, lateAfterMinutes: 1, methods: ['face', 'code'] },
  })
  return body.id
}

/** Somebody checks in by the code that their teacher shows. */
export async function markByShown(
  app: TestApp,
  { teacher }: TestCollege,
  of: { person: TestPerson; sessionId: string },
) {
  const params = { sessionId: of.sessionId }
  const shown = await app.call(getRotatingCode, { as: teacher, params })
  return app.call(checkInByCode, { as: of.person, params, body: { code: shown.body.code } })
}
