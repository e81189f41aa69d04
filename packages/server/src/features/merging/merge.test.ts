import {
  checkInByCode,
  endSession,
  getBoard,
  getClassReport,
  getMarkHistory,
  getMe,
  getRotatingCode,
  listClassStudents,
  listImportRows,
  lookUpInvite,
  markByHand,
  mergeStudents,
  previewMerge,
  reinvitePerson,
  setFlashSetting,
  startSession,
} from '@app/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, aPerson, type TestClass, type TestPerson } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { agree, templatesOf } from '../../testing/builders-enrolment.ts'
import { checkIn, enrol, readShownFaces } from '../../testing/builders-faces.ts'
import { aDraft, anImport, takeDraft } from '../../testing/builders-imports.ts'
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
  college = await aCollege(app)
  kept = nth(college.students, 0)
  merged = nth(college.students, 1)
})

type Given = {
  keepFace?: 'kept' | 'merged' | null
  into?: { id: string }
  from?: { id: string }
  as?: { token: string }
}
const merge = ({ keepFace = null, into = kept, from = merged, as = college.admin }: Given = {}) =>
  app.call(mergeStudents, {
    as,
    params: { personId: from.id },
    body: { into: into.id, keepFace, reason: 'one person' },
  })
const preview = async () =>
  (await app.call(previewMerge, { as: college.admin, params: { personId: merged.id }, query: { into: kept.id } })).body
const inCollege = <Result>(work: Parameters<typeof app.db.inInstitution<Result>>[1]) =>
  app.db.inInstitution(college.institution.id, work)
const personRow = (id: string) =>
  inCollege((tx) => tx.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirstOrThrow())
const recordsOf = (sessionId: string) =>
  inCollege((tx) =>
    tx.selectFrom('records').select(['student_id', 'status', 'method']).where('session_id', '=', sessionId).execute(),
  )

async function start(of: TestClass = college.class): Promise<string> {
  const { body } = await app.call(startSession, {
    as: college.teacher,
    params: { classId: of.id },
    body: { minutes: 60, lateAfterMinutes: 1, methods: ['face', 'code'] },
  })
  return body.id
}
const end = (sessionId: string) => app.call(endSession, { as: college.teacher, params: { sessionId } })
async function byCode(person: TestPerson, sessionId: string) {
  const shown = await app.call(getRotatingCode, { as: college.teacher, params: { sessionId } })
  return app.call(checkInByCode, { as: person, params: { sessionId }, body: { code: shown.body.code } })
}
const byHand = (person: TestPerson, sessionId: string) =>
  app.call(markByHand, {
    as: college.teacher,
    params: { sessionId, studentId: person.id },
    body: { status: 'excused', ownStatusId: null, reason: 'ill', note: '', seen: null },
  })

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

describe('marks of both', () => {
  test('go to the one who stays, and where both have one the better founded does', async () => {
    const onlyOne = await start()
    await byCode(merged, onlyOne)
    await end(onlyOne)
    app.clock.advance(1000)
    const handWins = await start()
    await byCode(kept, handWins)
    app.clock.advance(1000)
    await byHand(merged, handWins)
    await end(handWins)
    const earlierWins = await start()
    await byCode(merged, earlierWins)
    app.clock.advance(2 * 60_000)
    await byCode(kept, earlierWins)
    await end(earlierWins)

    const seen = await preview()
    // The end of the first marked the one who stays absent.
    expect(seen.both.map(({ sessionId, stays }) => [sessionId, stays])).toEqual([
      [onlyOne, 'merged'],
      [handWins, 'merged'],
      [earlierWins, 'merged'],
    ])
    expect(seen.records).toBe(0)
    await merge()
    const of = async (sessionId: string) => {
      const rows = await recordsOf(sessionId)
      return rows.map(({ student_id, status, method }) => [student_id === kept.id, status, method])
    }
    expect(await of(onlyOne)).toEqual([[true, 'present', 'code']])
    expect(await of(handWins)).toEqual([[true, 'excused', 'hand']])
    expect(await of(earlierWins)).toEqual([[true, 'present', 'code']])
    const { body } = await app.call(getClassReport, { as: college.teacher, params: { classId: college.class.id } })
    expect(body.rows).toMatchObject([{ personId: kept.id, presentSessions: 2, totalSessions: 2, percentage: 100 }])
  })

  test('have one history: what was said of either, and the old value of the one that went', async () => {
    const sessionId = await start()
    await byCode(merged, sessionId)
    app.clock.advance(2 * 60_000)
    await byCode(kept, sessionId)
    await merge()
    const { body } = await app.call(getMarkHistory, {
      as: college.teacher,
      params: { sessionId, studentId: kept.id },
    })
    expect(body.changes.map(({ action, from, to }) => [action, from?.status ?? null, to?.status])).toEqual([
      ['record-made', null, 'present'],
      ['record-made', null, 'late'],
      ['record-merged', 'late', 'present'],
    ])
  })

  test('of an open session appear on its board at once', async () => {
    const sessionId = await start()
    await byCode(merged, sessionId)
    const look = async () => (await app.call(getBoard, { as: college.teacher, params: { sessionId } })).body
    const before = await look()
    await merge()
    const after = await look()
    expect(after.tiles.map(({ studentId, status }) => [studentId, status])).toEqual([[kept.id, 'present']])
    expect(after.seq).toBe(before.seq + 1)
  })
})

describe('faces', () => {
  const shows = async (person: TestPerson, face: string) => (await checkIn(app, person, await start(), { face })).body

  test('of the one who goes work for the one who stays', async () => {
    await enrol(app, merged, 'the student')
    expect(await preview()).toMatchObject({ face: 'of-merged', consent: true })
    await merge()
    expect(await templatesOf(app, merged)).toEqual([])
    expect(await shows(kept, 'the student')).toMatchObject({ outcome: 'accepted' })
  })

  test('of both need a word which stays', async () => {
    await enrol(app, kept, 'as I was')
    await enrol(app, merged, 'as I am')
    expect((await preview()).face).toBe('choose')
    expect((await merge()).error).toBe('faces-differ')
    expect((await personRow(merged.id)).merged_into).toBeNull()
    await merge({ keepFace: 'merged' })
    expect(await templatesOf(app, kept)).toHaveLength(1)
    expect(await shows(kept, 'as I am')).toMatchObject({ outcome: 'accepted' })
  })

  test('of both, the one of who stays', async () => {
    await enrol(app, kept, 'as I was')
    await enrol(app, merged, 'as I am')
    await merge({ keepFace: 'kept' })
    expect(await templatesOf(app, merged)).toEqual([])
    expect(await shows(kept, 'as I was')).toMatchObject({ outcome: 'accepted' })
  })

  test('stay nowhere when the last word was to take consent back', async () => {
    await enrol(app, merged, 'the student')
    app.clock.advance(1000)
    await agree(app, kept)
    app.clock.advance(1000)
    await inCollege((tx) =>
      tx.updateTable('consents').set({ withdrawn_at: app.clock.now() }).where('person_id', '=', kept.id).execute(),
    )
    expect(await preview()).toMatchObject({ face: 'deleted', consent: false })
    await merge()
    expect([...(await templatesOf(app, kept)), ...(await templatesOf(app, merged))]).toEqual([])
    const open = await inCollege((tx) =>
      tx.selectFrom('consents').select('id').where('withdrawn_at', 'is', null).execute(),
    )
    expect(open).toEqual([])
  })

  test('held because they looked like each other are held no longer', async () => {
    await enrol(app, kept, 'the student')
    await agree(app, merged)
    await expect(enrol(app, merged, 'the student')).rejects.toThrow('held')
    expect(await preview()).toMatchObject({ face: 'of-kept', holds: 1 })
    await merge()
    const holds = await inCollege((tx) =>
      tx.selectFrom('enrolment_holds').select(['decision', 'decided_by', 'sealed']).execute(),
    )
    expect(holds).toEqual([{ decision: 'discard', decided_by: college.admin.id, sealed: null }])
  })

  test('of one session that waited for a decision wait no longer', async () => {
    await enrol(app, kept, 'the student')
    const twin = merged
    const sessionId = await start()
    await byCode(twin, sessionId)
    await byCode(kept, sessionId)
    const [firstId, secondId] = [kept.id, twin.id].sort()
    await inCollege(async (tx) => {
      await tx.updateTable('records').set({ held_at: app.clock.now() }).where('session_id', '=', sessionId).execute()
      await tx
        .insertInto('face_conflicts')
        .values({
          institution_id: college.institution.id,
          id: crypto.randomUUID(),
          session_id: sessionId,
          first_id: firstId ?? '',
          second_id: secondId ?? '',
          at: app.clock.now(),
        })
        .execute()
    })
    await merge()
    const rows = await inCollege((tx) => tx.selectFrom('records').select(['student_id', 'held_at']).execute())
    expect(rows).toEqual([{ student_id: kept.id, held_at: null }])
    expect(await inCollege((tx) => tx.selectFrom('face_conflicts').select('id').execute())).toEqual([])
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
