import { downloadPeople, listPeople, listPeopleChoices, type SentQueryOf } from '@app/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, anInstitution, aPerson, type TestInstitution, type TestPerson } from '../../testing/builders.ts'
import { nth } from '../../testing/builders-class.ts'

type Query = SentQueryOf<typeof listPeople>

let app: TestApp
let college: TestInstitution
let admin: TestPerson
let students: TestPerson[]
beforeAll(async () => {
  app = await createTestApp()
  college = await anInstitution(app)
  admin = await aPerson(app, college, { roles: ['admin'], fullName: 'Zoe Admin', email: 'zoe@college.test' })
  students = []
  for (let i = 0; i < 130; i++) {
    students.push(
      await aPerson(app, college, {
        roles: ['student'],
        fullName: `Student ${String(i).padStart(3, '0')} ${i % 2 === 0 ? 'Rao' : 'Önder'}`,
        rollNo: `CS-${String(i).padStart(3, '0')}`,
        email: i === 7 ? null : `s${i}@college.test`,
        batch: i < 100 ? '2025' : '2026',
        department: i % 3 === 0 ? 'Physics' : 'Chemistry',
        status: i < 10 ? 'invited' : 'active',
      }),
    )
    app.clock.advance(1000)
  }
  await aPerson(app, college, { roles: ['teacher'], fullName: 'Tara 100% Teacher', email: 'tara_t@college.test' })
  // Of another institution, and as like as can be.
  await aPerson(app, await anInstitution(app), { roles: ['student'], fullName: 'Student 000 Rao', rollNo: 'CS-000' })
})
afterAll(() => app?.close())

const ask = (query: Query = {}, as = admin) => app.call(listPeople, { as, query })
const namesOf = async (query: Query) => (await ask(query)).body.people.map(({ fullName }) => fullName)

async function everybody(query: Query): Promise<string[]> {
  const names: string[] = []
  let after: string | undefined
  for (let page = 0; page < 10; page++) {
    const { body } = await ask({ ...query, ...(after === undefined ? {} : { after }) })
    names.push(...body.people.map(({ personId }) => personId))
    if (body.next === null) return names
    after = body.next
  }
  throw new Error('the pages never end')
}

describe('the directory', () => {
  test('goes through everybody page by page, each once, in either direction of every order', async () => {
    for (const sort of ['name', 'rollNo', 'email', 'department', 'added'] as const) {
      const up = await everybody({ sort })
      expect(new Set(up).size, sort).toBe(132)
      expect(up, sort).toHaveLength(132)
      expect(await everybody({ sort, order: 'down' }), sort).toEqual(up.toReversed())
    }
  })

  test('keeps its place when somebody in front of it comes or goes', async () => {
    const first = await ask({})
    const early = await aPerson(app, college, { roles: ['student'], fullName: 'AAA First' })
    const second = await ask({ after: first.body.next ?? '' })
    expect(second.body.people[0]?.fullName).toBe('Student 050 Rao')
    expect(second.body.total).toBeNull()
    await app.db.inInstitution(college.id, async (tx) => {
      await tx.deleteFrom('logins').where('person_id', '=', early.id).execute()
      await tx.deleteFrom('person_roles').where('person_id', '=', early.id).execute()
      await tx.deleteFrom('people').where('id', '=', early.id).execute()
    })
  })

  test('shows what an admin looks for, and nothing secret', async () => {
    const { raw, body } = await ask({ search: 'CS-007' })
    expect(body).toMatchObject({ total: 1, next: null })
    expect(body.people).toEqual([
      {
        personId: nth(students, 7).id,
        fullName: 'Student 007 Önder',
        rollNo: 'CS-007',
        email: null,
        phone: null,
        department: 'Chemistry',
        batch: '2025',
        roles: ['student'],
        status: 'invited',
        isEnrolled: false,
        hasConsent: false,
        invitedAt: null,
        lastSeenAt: expect.any(String),
      },
    ])
    expect(raw.body).not.toMatch(/hash|token|sealed/i)
  })

  test.each<[string, string, string[]]>([
    ['any part of a name', 'udent 010', ['Student 010 Rao']],
    ['whatever its case', 'ÖNDER 011', ['Student 011 Önder']],
    ['words in any order', 'rao 012', ['Student 012 Rao']],
    ['a roll number', 'cs-013', ['Student 013 Önder']],
    ['an e-mail address', 's14@coll', ['Student 014 Rao']],
    ['two letters', 'zo', ['Zoe Admin']],
    ['a sign that patterns are made of', '100%', ['Tara 100% Teacher']],
    ['an underscore', 'tara_t', ['Tara 100% Teacher']],
    ['a backslash', '\\', []],
    ['what nobody has', 'nobody at all', []],
    ['half of one field and half of the next', 'raocs-000', []],
  ])('is searched by %s', async (_, search, names) => {
    expect((await namesOf({ search })).slice(0, 1)).toEqual(names)
  })

  test('finds a phone number however it is written', async () => {
    const person = await aPerson(app, college, { roles: ['student'], fullName: 'Phone Person' })
    await app.db.inInstitution(college.id, (tx) =>
      tx.updateTable('people').set({ phone: '+91 98765-43210' }).where('id', '=', person.id).execute(),
    )
    for (const search of ['9876543210', '98765-43210', '+91 98765'])
      expect(await namesOf({ search }), search).toEqual(['Phone Person'])
  })

  test('is narrowed by role, account, department, batch, class, face, consent and silence', async () => {
    const taught = await aClass(app, college, { teachers: [admin], students: students.slice(0, 3) })
    const count = async (query: Query) => (await ask(query)).body.total
    expect(await count({ role: 'teacher' })).toBe(1)
    expect(await count({ status: 'invited' })).toBe(10)
    expect(await count({ department: 'Physics', batch: '2026' })).toBe(10)
    expect(await count({ classId: taught.id })).toBe(4)
    expect(await count({ face: 'enrolled' })).toBe(0)
    expect(await count({ consent: 'none', role: 'student', search: 'CS-' })).toBe(130)
    expect(await count({ silent: 'never-invited' })).toBe(10)
    const invite = (personId: string, daysAgo: number) =>
      app.db.inInstitution(college.id, (tx) =>
        tx
          .insertInto('invites')
          .values({
            institution_id: college.id,
            id: crypto.randomUUID(),
            person_id: personId,
            token_hash: Buffer.from(crypto.randomUUID()),
            created_at: new Date(app.clock.now().getTime() - daysAgo * 86_400_000),
            created_by: null,
            expires_at: app.clock.now(),
          })
          .execute(),
      )
    await invite(nth(students, 0).id, 3)
    await invite(nth(students, 1).id, 10)
    await invite(nth(students, 2).id, 40)
    await invite(nth(students, 2).id, 31)
    expect(await namesOf({ silent: 'week' })).toEqual(['Student 000 Rao'])
    expect(await namesOf({ silent: 'month' })).toEqual(['Student 001 Önder'])
    expect(await namesOf({ silent: 'longer' })).toEqual(['Student 002 Rao'])
    expect(await count({ silent: 'never-invited' })).toBe(7)
  })

  test('takes no place that it did not hand out', async () => {
    for (const after of [
      '',
      'x',
      Buffer.from('["a","b"]').toString('base64url'),
      Buffer.from('{}').toString('base64url'),
    ])
      expect((await ask({ after })).error, after).toBe('bad-input')
    const { next } = (await ask({ sort: 'name' })).body
    expect((await ask({ sort: 'added', after: next ?? '' })).error).toBe('bad-input')
  })

  test('offers the departments and batches there are, and those of the list', async () => {
    await app.db.inInstitution(college.id, (tx) =>
      tx
        .insertInto('departments')
        .values({
          institution_id: college.id,
          id: crypto.randomUUID(),
          name: 'Botany',
          archived_at: null,
          created_at: app.clock.now(),
        })
        .execute(),
    )
    const { body } = await app.call(listPeopleChoices, { as: admin })
    expect(body).toEqual({ departments: ['Botany', 'Chemistry', 'Physics'], batches: ['2025', '2026'] })
  })

  test('is saved as a sheet, filtered, with nothing that a spreadsheet would run', async () => {
    await aPerson(app, college, { roles: ['student'], fullName: '=HYPERLINK("http://x")', batch: 'odd' })
    const reply = await app.call(downloadPeople, { as: admin, query: { format: 'csv', batch: 'odd' } })
    const [header, row] = reply.raw.body.replace('\ufeff', '').split('\r\n')
    expect(header).toBe('Name,Roll No,Email,Phone,Department,Batch,Roles,Account,Face,Consent')
    expect(row).toMatch(/^"'=HYPERLINK/)
    expect(row).toContain(',student,active,none,none')
  })
})
