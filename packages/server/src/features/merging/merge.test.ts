import {
  endSession,
  getMe,
  listClassStudents,
  listImportRows,
  lookUpInvite,
  previewMerge,
  reinvitePerson,
  setFlashSetting,
} from '@app/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, aPerson, type TestClass, type TestPerson } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { readShownFaces } from '../../testing/builders-faces.ts'
import { aDraft, anImport, takeDraft } from '../../testing/builders-imports.ts'
import { aPair, type Merged, markByShown, mergePair, previewPair, startAnHour } from '../../testing/builders-merging.ts'
import { aGuardianship } from '../../testing/builders-people.ts'
import { aCsv } from '../../testing/builders-sheets.ts'
import { auditOf } from '../../testing/read-audit.ts'

let app: TestApp
let college: TestCollege
/** One student with two accounts: the one who stays, and the one who goes. */
let kept: TestPerson
let merged: TestPerson
beforeAll(async () => {
  app = await createTestApp({ readFrames: readShownFaces })
})
afterAll(() => app.close())
beforeEach(async () => {
  ;({ college, kept, merged } = await aPair(app))
})

const merge = (given?: Merged) => mergePair(app, { college, kept, merged }, given)
const preview = () => previewPair(app, { college, kept, merged })
const inCollege = <Result>(work: Parameters<typeof app.db.inInstitution<Result>>[1]) =>
  app.db.inInstitution(college.institution.id, work)
const personRow = (id: string) =>
  inCollege((tx) => tx.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirstOrThrow())
const recordsOf = (sessionId: string) =>
  inCollege((tx) =>
    tx.selectFrom('records').select(['student_id', 'status', 'method']).where('session_id', '=', sessionId).execute(),
  )
const start = (of: TestClass = college.class) => startAnHour(app, college, of)
const end = (sessionId: string) => app.call(endSession, { as: college.teacher, params: { sessionId } })
const byCode = (person: TestPerson, sessionId: string) => markByShown(app, college, { person, sessionId })

describe('two students who are one', () => {
  test('are one afterwards: the account of the other has ended and names who goes on', async () => {
    expect((await merge()).body).toEqual({ done: true })
    expect(await personRow(merged.id)).toMatchObject({
      status: 'disabled',
      merged_into: kept.id,
      password_hash: null,
      roll_no: merged.rollNo,
    })
    expect((await app.call(getMe, { as: merged })).error).toBe('not-signed-in')
    expect((await app.call(getMe, { as: kept })).body.rollNo).toBe(kept.rollNo)
    const { body } = await app.call(listClassStudents, { as: college.teacher, params: { classId: college.class.id } })
    expect(body.students.map(({ personId }) => personId)).toEqual([kept.id])
    expect((await auditOf(app, college.institution, merged.id)).at(-1)).toMatchObject({
      action: 'student-merged-away',
      by: college.admin.id,
      old: { status: 'active' },
      new: { status: 'disabled', mergedInto: kept.id },
    })
  })

  test('are shown no colours on the screen if either asked not to see them', async () => {
    await app.call(setFlashSetting, { as: merged, body: { avoids: true } })
    await merge()
    expect(await personRow(kept.id)).toMatchObject({ avoids_flashes: true })
  })

  test('have all stays of both, those that overlap as one', async () => {
    const other = await aClass(app, college.institution, { teachers: [college.teacher], students: [merged] })
    app.clock.advance(60_000)
    const third = await aClass(app, college.institution, { teachers: [college.teacher], students: [kept] })
    expect((await preview()).stays).toBe(2)
    await merge()
    const stays = await inCollege((tx) =>
      tx.selectFrom('class_students').select(['class_id', 'person_id', 'left_at']).execute(),
    )
    expect(stays.map(({ class_id }) => class_id).sort()).toEqual([college.class.id, other.id, third.id].sort())
    expect(new Set(stays.map(({ person_id }) => person_id))).toEqual(new Set([kept.id]))
  })

  test('keep the details of who stays, who takes over what they lack', async () => {
    const [bare, full] = [
      await aPerson(app, college.institution, { roles: ['student'], email: null, rollNo: 'B1' }),
      await aPerson(app, college.institution, { roles: ['student'], rollNo: 'F1', batch: '2024', department: 'Law' }),
    ]
    const seen = await app.call(previewMerge, {
      as: college.admin,
      params: { personId: full.id },
      query: { into: bare.id },
    })
    expect(seen.body.filled).toEqual(['email', 'batch', 'department'])
    await merge({ into: bare, from: full })
    expect(await personRow(bare.id)).toMatchObject({
      email: full.email,
      roll_no: 'B1',
      batch: '2024',
      department: 'Law',
    })
    expect(await personRow(full.id)).toMatchObject({ email: null, roll_no: 'F1' })
  })
})

test('guardians, twins and what was decided about either belong to the one who stays', async () => {
  const [both, one] = [
    await aPerson(app, college.institution, { roles: ['guardian'] }),
    await aPerson(app, college.institution, { roles: ['guardian'] }),
  ]
  for (const student of [kept, merged]) await aGuardianship(app, { guardian: both, student, by: college.admin })
  await aGuardianship(app, { guardian: one, student: merged, by: college.admin })
  const third = await aPerson(app, college.institution, { roles: ['student'] })
  const pair = (a: string, b: string) => {
    const [first_id = '', second_id = ''] = [a, b].sort()
    return { first_id, second_id }
  }
  const declared = {
    institution_id: college.institution.id,
    declared_at: app.clock.now(),
    declared_by: college.admin.id,
  }
  const sessionId = await start()
  await inCollege(async (tx) => {
    await tx
      .insertInto('twins')
      .values([
        { ...declared, ...pair(kept.id, merged.id) },
        { ...declared, ...pair(merged.id, third.id) },
      ])
      .execute()
    const conflict = pair(merged.id, third.id)
    await tx
      .insertInto('face_conflicts')
      .values({
        institution_id: college.institution.id,
        id: crypto.randomUUID(),
        session_id: sessionId,
        ...conflict,
        at: app.clock.now(),
        decided_at: app.clock.now(),
        decided_by: college.teacher.id,
        decision: conflict.first_id === merged.id ? 'first' : 'second',
      })
      .execute()
  })
  expect((await preview()).guardians).toBe(2)
  await merge()
  const of = await inCollege(async (tx) => ({
    guardians: await tx.selectFrom('guardianships').select(['guardian_id', 'student_id']).execute(),
    twins: await tx.selectFrom('twins').select(['first_id', 'second_id']).execute(),
    conflicts: await tx.selectFrom('face_conflicts').select(['first_id', 'second_id', 'decision']).execute(),
  }))
  expect(new Set(of.guardians.map(({ guardian_id, student_id }) => `${guardian_id} ${student_id}`))).toEqual(
    new Set([`${both.id} ${kept.id}`, `${one.id} ${kept.id}`]),
  )
  const now = pair(kept.id, third.id)
  expect(of.twins).toEqual([now])
  expect(of.conflicts).toEqual([{ ...now, decision: now.first_id === kept.id ? 'first' : 'second' }])
})

describe('a merge is refused', () => {
  test('of one student with themselves, of who is elsewhere, and of who is gone already', async () => {
    expect((await merge({ into: merged })).error).toBe('bad-input')
    const elsewhere = await aCollege(app)
    expect((await merge({ into: nth(elsewhere.students, 0) })).error).toBe('not-found')
    await merge()
    expect((await merge()).error).toBe('already-done')
    expect((await merge({ into: merged, from: kept })).error).toBe('already-done')
  })

  test('of who is more than a student', async () => {
    const tutor = await aPerson(app, college.institution, { roles: ['student', 'teacher'] })
    for (const given of [{ from: tutor }, { into: tutor }, { into: college.teacher }])
      expect((await merge(given)).error).toBe('not-students-only')
  })

  test('to a teacher', async () => {
    expect((await merge({ as: college.teacher })).error).toBe('not-allowed')
  })
})

test('whoever was merged into the one who goes is merged into the one who stays', async () => {
  const first = await aPerson(app, college.institution, { roles: ['student'] })
  await merge({ from: first, into: merged })
  await merge()
  expect((await personRow(first.id)).merged_into).toBe(kept.id)
})

test('the roll number of who is gone brings nobody back by a sheet', async () => {
  await merge()
  const bytes = aCsv(['roll_no,full_name', `${merged.rollNo},Somebody`])
  const { id: importId } = await anImport(app, { as: college.teacher, classId: college.class.id, bytes })
  const { body } = await app.call(listImportRows, { as: college.teacher, params: { importId }, query: {} })
  expect(body.rows).toMatchObject([{ outcome: 'error', problems: [{ code: 'merged-away' }] }])
})

describe('at the same moment', () => {
  test('both ways and ten times: one way, once', async () => {
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? merge() : merge({ into: merged, from: kept }))),
    )
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(replies.filter(({ error }) => error === 'already-done')).toHaveLength(9)
    const people = [await personRow(kept.id), await personRow(merged.id)]
    expect(people.filter(({ status }) => status === 'active')).toHaveLength(1)
  })

  test('as check-ins of both, an end and an import: one mark, on who stays, and no error page', async () => {
    for (let i = 0; i < 10; i++) {
      const round = await aCollege(app)
      college = round
      kept = nth(round.students, 0)
      merged = nth(round.students, 1)
      const sessionId = await start()
      const bytes = aCsv(['roll_no,full_name', `${merged.rollNo},Renamed`, 'NEW-1,Newcomer'])
      const draft = await aDraft(app, { as: college.teacher, classId: college.class.id, bytes })
      const taking = takeDraft(app, college.teacher, draft.id)
      const replies = await Promise.all([
        byCode(merged, sessionId),
        merge(),
        byCode(kept, sessionId),
        ...(i % 2 === 0 ? [end(sessionId)] : []),
      ])
      const broken = replies.filter(({ status }) => status >= 500)
      expect(broken.map(({ raw }) => raw.body)).toEqual([])
      expect((await taking).state).toBe('taken')
      if (i % 2 !== 0) await end(sessionId)
      const records = await recordsOf(sessionId)
      expect(records.filter(({ student_id }) => student_id === merged.id)).toEqual([])
      expect(records.filter(({ student_id }) => student_id === kept.id)).toHaveLength(1)
      const stays = await inCollege((tx) =>
        tx.selectFrom('class_students').select('person_id').where('person_id', '=', merged.id).execute(),
      )
      expect(stays).toEqual([])
    }
  })
})

test('an invite of the account that goes opens nothing any more', async () => {
  const invited = await aPerson(app, college.institution, { roles: ['student'], status: 'invited' })
  const { body } = await app.call(reinvitePerson, { as: college.admin, params: { personId: invited.id } })
  const open = () => app.call(lookUpInvite, { body: { token: body.link?.split('#')[1] ?? '' } })
  expect((await open()).status).toBe(200)
  await merge({ from: invited })
  expect((await open()).error).toBe('invite-invalid')
})
