import {
  archiveClass,
  archiveTerm,
  createTerm,
  deleteTerm,
  endSession,
  getClass,
  listArchivedClasses,
  listClasses,
  listTerms,
  startSession,
  updateTerm,
} from '@app/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass } from '../../testing/builders.ts'
import { aCollege, type TestCollege } from '../../testing/builders-class.ts'
import { aTermOf } from '../../testing/builders-timetable.ts'
import { auditOf } from '../../testing/read-audit.ts'

let app: TestApp
let college: TestCollege
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  college = await aCollege(app)
})

const SPRING = { name: 'Spring', startsOn: '2026-01-05', endsOn: '2026-05-29' }
const create = (body = SPRING) => app.call(createTerm, { as: college.admin, body })
const names = async () =>
  (await app.call(listTerms, { as: college.teacher })).body.terms.map(({ name, archivedAt }) => [
    name,
    archivedAt !== null,
  ])
const archive = (termId: string, archived: boolean) =>
  app.call(archiveTerm, { as: college.admin, params: { termId }, body: { archived } })

describe('a term', () => {
  test('is made, renamed and moved; what it was is kept', async () => {
    const { id } = (await create()).body
    const changed = { ...SPRING, endsOn: '2026-06-12' }
    const { body } = await app.call(updateTerm, { as: college.admin, params: { termId: id }, body: changed })
    expect(body).toEqual({ id, ...changed, classCount: 0, archivedAt: null })
    await app.call(updateTerm, { as: college.admin, params: { termId: id }, body: changed })
    expect(await auditOf(app, college.institution, id)).toEqual([
      { action: 'term-created', by: college.admin.id, old: null, new: SPRING },
      { action: 'term-changed', by: college.admin.id, old: { endsOn: '2026-05-29' }, new: { endsOn: '2026-06-12' } },
    ])
  })

  test('has a name of its own, whatever the case', async () => {
    await create()
    expect((await create({ ...SPRING, name: 'SPRING' })).error).toBe('term-name-taken')
    const other = (await create({ ...SPRING, name: 'Autumn' })).body
    const rename = (name: string) =>
      app.call(updateTerm, { as: college.admin, params: { termId: other.id }, body: { ...SPRING, name } })
    expect((await rename('spring')).error).toBe('term-name-taken')
    expect((await rename('autumn')).status).toBe(200)
    const elsewhere = await aCollege(app)
    expect((await app.call(createTerm, { as: elsewhere.admin, body: SPRING })).status).toBe(200)
  })

  test('made by ten at once is made once', async () => {
    const replies = await Promise.all(Array.from({ length: 10 }, () => create()))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(replies.filter(({ error }) => error === 'term-name-taken')).toHaveLength(9)
  })

  test.each([
    ['that ends before it starts', { ...SPRING, endsOn: '2026-01-04' }],
    ['on a day that does not exist', { ...SPRING, endsOn: '2026-02-30' }],
    ['of another age', { ...SPRING, startsOn: '0001-01-01' }],
    ['without a name', { ...SPRING, name: '  ' }],
  ])('%s is not taken', async (_, body) => {
    expect((await create(body)).error).toBe('bad-input')
  })

  test('is deleted while no class is in it, and archived afterwards', async () => {
    const { id } = (await create()).body
    const remove = (termId: string) => app.call(deleteTerm, { as: college.admin, params: { termId } })
    expect((await remove(id)).body).toEqual({ done: true })
    expect((await remove(id)).error).toBe('not-found')
    const termId = await aTermOf(app, college.class, SPRING)
    expect((await remove(termId)).error).toBe('still-in-use')
    expect((await archive(termId, true)).body).toMatchObject({ classCount: 1, archivedAt: expect.any(String) })
    expect(await names()).toEqual([[expect.any(String), true]])
  })
})

describe('a term that is archived', () => {
  const seen = async () => {
    const of = async (route: typeof listClasses | typeof listArchivedClasses) =>
      (await app.call(route, { as: college.teacher })).body.classes.map(({ id }) => id)
    return { now: await of(listClasses), archived: await of(listArchivedClasses) }
  }

  test('takes its classes off the lists, and brings back those that went with it', async () => {
    const termId = await aTermOf(app, college.class, SPRING)
    const earlier = await aClass(app, college.institution, { teachers: [college.teacher] })
    await app.db.inInstitution(college.institution.id, (tx) =>
      tx.updateTable('classes').set({ term_id: termId }).where('id', '=', earlier.id).execute(),
    )
    const params = { classId: earlier.id }
    await app.call(archiveClass, { as: college.admin, params, body: { archived: true } })
    app.clock.advance(60_000)
    await archive(termId, true)
    await archive(termId, true)
    const both = [college.class.id, earlier.id].sort()
    expect(await seen()).toEqual({ now: [], archived: expect.any(Array) })
    expect((await seen()).archived.sort()).toEqual(both)
    expect((await app.call(getClass, { as: college.teacher, params })).body.archivedAt).not.toBeNull()
    await archive(termId, false)
    expect(await seen()).toEqual({ now: [college.class.id], archived: [earlier.id] })
    const actions = (await auditOf(app, college.institution, termId)).map(({ action }) => action)
    expect(actions).toEqual(['term-archived', 'term-restored'])
  })

  test('is refused while one of its classes has a session open', async () => {
    const termId = await aTermOf(app, college.class, SPRING)
    const start = () =>
      app.call(startSession, {
        as: college.teacher,
        params: { classId: college.class.id },
        body: { minutes: 30, lateAfterMinutes: 10, methods: ['code'] },
      })
    const { body } = await start()
    expect((await archive(termId, true)).error).toBe('class-has-open-session')
    expect((await seen()).now).toEqual([college.class.id])
    await app.call(endSession, { as: college.teacher, params: { sessionId: body.id } })
    expect((await archive(termId, true)).status).toBe(200)
    expect((await start()).error).toBe('class-archived')
  })

  test('and a session started at the same moment: one of the two, never both', async () => {
    for (let i = 0; i < 10; i++) {
      const taught = await aClass(app, college.institution, { teachers: [college.teacher] })
      const termId = await aTermOf(app, taught, SPRING)
      const [started, archived] = await Promise.all([
        app.call(startSession, {
          as: college.teacher,
          params: { classId: taught.id },
          body: { minutes: 30, lateAfterMinutes: 10, methods: ['code'] },
        }),
        archive(termId, true),
      ])
      const outcomes = [started.error, archived.error]
      expect([
        [undefined, 'class-has-open-session'],
        ['class-archived', undefined],
      ]).toContainEqual(outcomes)
    }
  })
})
