import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import type { TestClass, TestPerson } from '../../testing/builders.ts'
import type { TestCollege } from '../../testing/builders-class.ts'
import { agree, templatesOf } from '../../testing/builders-enrolment.ts'
import { checkIn, enrol, readShownFaces } from '../../testing/builders-faces.ts'
import { aPair, type Merged, markByShown, mergePair, previewPair, startAnHour } from '../../testing/builders-merging.ts'

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
const start = (of: TestClass = college.class) => startAnHour(app, college, of)
const byCode = (person: TestPerson, sessionId: string) => markByShown(app, college, { person, sessionId })

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
