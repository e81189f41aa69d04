import {
  cancelImport,
  commitImport,
  getImport,
  inviteTeacher,
  listClassStudents,
  listImportRows,
  startSession,
} from '@app/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, aPerson, type TestClass } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { aDraft, anImport, takeDraft } from '../../testing/builders-imports.ts'
import { aCsv } from '../../testing/builders-sheets.ts'
import { somebodyWaits } from '../../testing/somebody-waits.ts'
import { insertMissingMarks, UNDECIDED } from '../sessions/records.store.ts'
import { lockSession } from '../sessions/sessions.store.ts'
import { startImports } from './index.ts'

const HEADER = 'roll_no,full_name,email,phone,batch,department'

let app: TestApp
let college: TestCollege
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  college = await aCollege(app, { students: 0 })
})

const draftOf = (lines: string[], to: TestClass = college.class) =>
  aDraft(app, { as: college.teacher, classId: to.id, bytes: aCsv([HEADER, ...lines]) })
const commit = (importId: string) => app.call(commitImport, { as: college.teacher, params: { importId } })
const read = async (importId: string) => (await app.call(getImport, { as: college.teacher, params: { importId } })).body
const rowsOf = async (importId: string, show: 'all' | 'differing' = 'all') =>
  (await app.call(listImportRows, { as: college.teacher, params: { importId }, query: { show } })).body.rows
const listed = async (of: TestClass = college.class) =>
  (await app.call(listClassStudents, { as: college.admin, params: { classId: of.id } })).body.students

describe('taking an import', () => {
  test('happens once: a second commit is refused, and so is one of what is taken', async () => {
    const { id } = await draftOf(['R1,Ana'])
    const replies = await Promise.all([commit(id), commit(id)])
    expect(replies.map(({ error }) => error).sort()).toEqual(['already-done', undefined])
    await startImports(app.deps)
    await app.jobs.runAll()
    expect((await commit(id)).error).toBe('already-done')
    expect(await listed()).toHaveLength(1)
  })

  test('can be stopped before its end, keeps nothing then, and can be begun again', async () => {
    const { id } = await draftOf(['R1,Ana'])
    expect((await app.call(cancelImport, { as: college.teacher, params: { importId: id } })).error).toBe('already-done')
    await commit(id)
    const stopped = await app.call(cancelImport, { as: college.teacher, params: { importId: id } })
    expect(stopped.body.state).toBe('taking')
    await startImports(app.deps)
    await app.jobs.runAll()
    expect(await read(id)).toMatchObject({ state: 'ready', failedBecause: 'cancelled' })
    expect(await listed()).toEqual([])
    expect(await takeDraft(app, college.teacher, id)).toMatchObject({ state: 'taken', failedBecause: null })
  })

  test('whose server stopped is given back after a while; a run that wakes up late keeps nothing', async () => {
    const { id } = await draftOf(['R1,Ana'])
    await commit(id)
    const late = app.jobs.queued.splice(0)
    app.clock.advance(6 * 60_000)
    await startImports(app.deps)
    await app.jobs.runAll()
    expect(await read(id)).toMatchObject({ state: 'ready', failedBecause: 'interrupted' })
    app.jobs.queued.push(...late)
    await app.jobs.runAll()
    expect(await read(id)).toMatchObject({ state: 'ready' })
    expect(await listed()).toEqual([])
  })

  test('that breaks in the middle leaves nothing half done', async () => {
    const { id } = await draftOf(['R1,Ana', 'R2,Ben'])
    // A department of that name in another case appears between the preview and the end, and then the import cannot write.
    await app.db.inInstitution(college.institution.id, (tx) =>
      tx
        .updateTable('import_rows')
        .set({ target_id: college.teacher.id })
        .where('import_id', '=', id)
        .where('n', '=', 3)
        .execute(),
    )
    const taken = await takeDraft(app, college.teacher, id)
    expect(taken).toMatchObject({ state: 'ready', failedBecause: 'broken' })
    expect(await listed()).toEqual([])
  })

  test('by a teacher who does not teach the class any more is refused', async () => {
    const { id } = await draftOf(['R1,Ana'])
    await commit(id)
    await app.db.inInstitution(college.institution.id, (tx) =>
      tx.deleteFrom('class_teachers').where('class_id', '=', college.class.id).execute(),
    )
    await startImports(app.deps)
    await app.jobs.runAll()
    const { body } = await app.call(getImport, { as: college.admin, params: { importId: id } })
    expect(body).toMatchObject({ state: 'ready', failedBecause: 'not-allowed' })
    expect(await listed()).toEqual([])
  })

  test('judges again what has changed since the preview, and says which rows turned out otherwise', async () => {
    const { id } = await draftOf(['R1,Ana,ana@college.edu', 'R2,Ben', 'R3,Cem'])
    await aPerson(app, college.institution, { roles: ['teacher'], email: 'ana@college.edu' })
    await aPerson(app, college.institution, { roles: ['student'], rollNo: 'R2', fullName: 'Ben', status: 'invited' })
    const taken = await takeDraft(app, college.teacher, id)
    expect(taken).toMatchObject({ state: 'taken', differing: 2, counts: { new: 1, changed: 1, error: 1 } })
    expect((await rowsOf(id, 'differing')).map(({ row, outcome }) => [row, outcome])).toEqual([
      [2, 'error'],
      [3, 'changed'],
    ])
    expect((await listed()).map(({ rollNo }) => rollNo)).toEqual(['R2', 'R3'])
  })
})

describe('at the same time', () => {
  test('imports of overlapping lists: everybody once, nothing half done', async () => {
    const other = await aClass(app, college.institution, { teachers: [college.teacher] })
    const lines = (from: number) =>
      Array.from({ length: 60 }, (_, i) => `R${from + i},Student ${from + i},s${from + i}@college.edu`)
    const drafts = [
      await draftOf(lines(0)),
      await draftOf(lines(30)),
      await draftOf(lines(0), other),
      await draftOf(lines(30), other),
    ]
    for (const { id } of drafts) await commit(id)
    await startImports(app.deps)
    // Each on a server of its own.
    await Promise.all(drafts.map(() => app.jobs.runAll()))
    const taken = await Promise.all(drafts.map(({ id }) => read(id)))
    expect(taken.map(({ state }) => state)).toEqual(['taken', 'taken', 'taken', 'taken'])
    const ids = (await listed()).map(({ personId }) => personId)
    expect(new Set(ids).size).toBe(90)
    expect((await listed(other)).map(({ personId }) => personId)).toEqual(ids)
    expect(taken.reduce((sum, { counts }) => sum + counts.new, 0)).toBe(90)
  })

  test('a changed address and a mark of that student in the open session do not wait in a circle', async () => {
    await anImport(app, {
      as: college.teacher,
      classId: college.class.id,
      bytes: aCsv([HEADER, 'R1,Ana,ana@college.edu']),
    })
    const ana = nth(await listed(), 0)
    const session = await app.call(startSession, {
      as: college.teacher,
      params: { classId: college.class.id },
      body: { minutes: 60, lateAfterMinutes: 10, methods: ['code'] },
    })
    const { id } = await draftOf(['R1,Ana,new@college.edu', 'R2,Ben,ben@college.edu'])
    await commit(id)
    // What a check-in does, in its order, with the import let in between.
    const importing = await app.db.inInstitution(college.institution.id, async (tx) => {
      await lockSession(tx, session.body.id)
      const begun = app.jobs.runAll()
      await somebodyWaits(app)
      const { id: sessionId } = session.body
      const mark = { studentId: ana.personId, status: 'present', method: 'code', assurance: 'C' } as const
      const made = { ...UNDECIDED, ...mark, markedAt: app.clock.now(), markedBy: null }
      await insertMissingMarks(tx, { institutionId: college.institution.id, sessionId }, [made])
      return { begun }
    })
    await importing.begun
    expect(await read(id)).toMatchObject({ state: 'taken', counts: { changed: 1, new: 1 } })
  })

  test('an address that is given to a teacher belongs to one of the two', async () => {
    await startImports(app.deps)
    for (let round = 0; round < 8; round++) {
      const email = `shared${round}@college.edu`
      const { id } = await draftOf([`R${round},Ana,${email}`])
      await commit(id)
      const [invited] = await Promise.all([
        app.call(inviteTeacher, { as: college.admin, body: { fullName: 'Tim', email, roles: ['teacher'] } }),
        app.jobs.runAll(),
      ])
      const { state, counts } = await read(id)
      expect([state, counts.new, invited.error]).toEqual(
        invited.status === 200 ? ['taken', 0, undefined] : ['taken', 1, 'email-taken'],
      )
    }
  })
})

describe('preview and taking', () => {
  const cell = (texts: readonly string[]) => fc.constantFrom(...texts)
  const line = fc.tuple(
    cell(['R1', 'R2', 'r2', 'R3', 'R4', '', 'İ1', '=1']),
    cell(['Ana', 'Ben', 'Cem', '']),
    cell(['a@b.edu', 'b@b.edu', 'C@b.edu', 'nothing', '']),
    cell(['', '1']),
    cell(['', '2026']),
    cell(['', 'Physics', 'physics']),
  )

  test('say the same of every list, and what is said is what is there', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(line, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 3 }),
        async (lists) => {
          const place = await aCollege(app, { students: 0 })
          for (const list of lists) {
            const bytes = aCsv([HEADER, ...list.map((cells) => cells.join(','))])
            if (list.every((cells) => cells.every((text) => text === ''))) continue
            const draft = await aDraft(app, { as: place.admin, classId: place.class.id, bytes })
            const all = { as: place.admin, params: { importId: draft.id }, query: {} }
            const previewed = (await app.call(listImportRows, all)).body.rows
            const taken = await takeDraft(app, place.admin, draft.id)
            expect(taken).toMatchObject({ state: 'taken', differing: 0, counts: draft.counts })
            expect((await app.call(listImportRows, all)).body.rows).toEqual(previewed)
            const again = await aDraft(app, { as: place.admin, classId: place.class.id, bytes })
            expect(again.counts).toEqual({
              ...draft.counts,
              new: 0,
              changed: 0,
              same: draft.counts.new + draft.counts.changed + draft.counts.same,
            })
          }
        },
      ),
      { numRuns: 12 },
    )
  }, 120_000)
})
