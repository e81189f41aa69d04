import {
  getOverview,
  listLowAttendance,
  listPeople,
  listPeopleChoices,
  type SentQueryOf,
} from '../packages/contract/src/index.ts'
import { createTestApp, type TestApp } from '../packages/server/src/testing/app.ts'
import { aCollege } from '../packages/server/src/testing/builders-class.ts'
import { asOwner, startTestServer } from '../packages/server/src/testing/database.ts'
import { quantile } from './metrics.ts'

const ROUNDS = 40
const SESSIONS_HELD = 20
const GIVEN = ['Aarav', 'Amina', 'Ananya', 'Björn', 'Chidinma', 'Daniela', 'Diego', 'Elif', 'Farah', 'Grace', 'Hana']
const FAMILY = ['Sharma', 'Bello', 'Romero', 'Þórsson', 'Okafor', 'Popescu', 'Fernández', 'Demir', 'Rahman', 'Mwangi']

type Query = SentQueryOf<typeof listPeople>
/** What an admin asks: from a word that names one to letters that fit nearly everybody. */
const SEARCHES: Record<string, Query> = {
  oneRollNo: { search: 'cs-012345' },
  oneWord: { search: 'fernández' },
  twoWords: { search: 'ananya 0777' },
  twoLetters: { search: 'ra' },
  manyFit: { search: 'college' },
  nobody: { search: 'zzzyx' },
  partOfEmail: { search: 's4242@' },
}

/** The directory and the overview over many people, through the whole server but the network. */
export async function people({ people: count }: { people: number }) {
  const stop = await startTestServer(process.env.DATABASE_URL || undefined)
  const app = await createTestApp()
  try {
    const { admin, institution } = await aCollege(app)
    await fill(app, institution.id, count)
    const ask = (query: Query) => app.call(listPeople, { as: admin, query })
    const firstPageMs = await measure(() => ask({}))
    const searchMs: Record<string, Times> = {}
    for (const [name, query] of Object.entries(SEARCHES)) searchMs[name] = await measure(() => ask(query))
    return {
      people: count,
      firstPageMs,
      searchMs,
      filteredMs: await measure(() => ask({ role: 'student', department: 'Physics', face: 'none' })),
      silentMs: await measure(() => ask({ silent: 'longer' })),
      byDepartmentMs: await measure(() => ask({ sort: 'department', order: 'down' })),
      deepPageMs: await measure(await deepPage(app, admin)),
      choicesMs: await measure(() => app.call(listPeopleChoices, { as: admin })),
      overviewMs: await measure(() => app.call(getOverview, { as: admin })),
      records: count * SESSIONS_HELD,
      lowAttendanceMs: await measure(() => app.call(listLowAttendance, { as: admin, query: {} })),
    }
  } finally {
    await app.close()
    await stop()
  }
}

type Times = { p50: number; p95: number }

async function measure(ask: () => Promise<{ status: number }>): Promise<Times> {
  const times: number[] = []
  for (let i = 0; i < ROUNDS; i++) {
    const started = performance.now()
    const { status } = await ask()
    times.push(performance.now() - started)
    if (status !== 200) throw new Error(`answered ${status}`)
  }
  const round = (ms: number) => Math.round(ms * 10) / 10
  return { p50: round(quantile(times, 0.5)), p95: round(quantile(times, 0.95)) }
}

/** The page after the hundredth. */
async function deepPage(app: TestApp, admin: { token: string }) {
  let after: string | undefined
  for (let page = 0; page < 100; page++) {
    const { body } = await app.call(listPeople, { as: admin, query: after === undefined ? {} : { after } })
    if (body.next === null) break
    after = body.next
  }
  return () => app.call(listPeople, { as: admin, query: after === undefined ? {} : { after } })
}

/** Students of whom a third is invited, half enrolled, with a class a hundred and a term's sessions. */
async function fill({ databaseUrl }: TestApp, institution: string, count: number): Promise<void> {
  const run = (statement: string) => asOwner(databaseUrl, statement)
  const names = (list: readonly string[]) => `(array[${list.map((name) => `'${name}'`).join(',')}])`
  await run(`insert into people (institution_id, id, full_name, email, phone, roll_no, batch, department, status, created_at)
    select '${institution}', gen_random_uuid(),
      ${names(GIVEN)}[1 + n % ${GIVEN.length}] || ' ' || ${names(FAMILY)}[1 + n / ${GIVEN.length} % ${FAMILY.length}] || ' ' || to_char(n, 'FM0000000'),
      's' || n || '@college.test', '+91 ' || (9000000000 + n), 'CS-' || to_char(n, 'FM000000'), '202' || n % 6,
      (array['Physics','Chemistry','Mathematics','History','Law'])[1 + n % 5],
      case when n % 3 = 0 then 'invited' else 'active' end, now() - n * interval '1 minute'
    from generate_series(1, ${count}) n`)
  await run(`insert into person_roles select institution_id, id, 'student' from people where roll_no like 'CS-%'`)
  await run(`insert into invites (institution_id, id, person_id, token_hash, created_at, expires_at)
    select institution_id, gen_random_uuid(), id, decode(replace(gen_random_uuid()::text, '-', ''), 'hex'),
      now() - (random() * 60) * interval '1 day', now() from people where status = 'invited'`)
  await run(`insert into face_templates (institution_id, id, person_id, model, key_version, sealed, frames, created_at)
    select institution_id, gen_random_uuid(), id, 'a-model@1', 1, 'x', 3, now() from people where roll_no like '%1' or roll_no like '%3'`)
  await run(`insert into consents (institution_id, id, person_id, notice_version, given_at, given_by)
    select institution_id, gen_random_uuid(), id, '1', now(), id from people where status = 'active' and roll_no is not null`)
  await run(`insert into logins (institution_id, id, person_id, device, started_at, last_used_at)
    select institution_id, gen_random_uuid(), id, 'Chrome on Android', now(), now() from people where status = 'active' and roll_no is not null`)
  await run(`insert into classes (institution_id, id, subject_id, name, created_at)
    select institution_id, gen_random_uuid(), subject_id, 'Class ' || n, now() from classes, generate_series(1, ${Math.ceil(count / 100)}) n`)
  await run(`insert into class_students (institution_id, class_id, person_id, joined_at)
    select p.institution_id, c.id, p.id, now() - interval '100 days' from (select *, row_number() over (order by roll_no) as r from people where roll_no like 'CS-%') p
    join (select *, row_number() over (order by id) as r from classes) c on c.r = 1 + p.r / 100`)
  await run(`insert into sessions (institution_id, id, class_id, opens_at, late_after, closes_at, methods, started_at, started_by, ended_at)
    select c.institution_id, gen_random_uuid(), c.id, at, at, at + interval '1 hour', '{code}',
      case when n <= ${SESSIONS_HELD} then at end, case when n <= ${SESSIONS_HELD} then (select person_id from class_teachers limit 1) end, case when n <= ${SESSIONS_HELD} then at + interval '1 hour' end
    from classes c, generate_series(1, ${SESSIONS_HELD + 1}) n, lateral (select now() - n * interval '3 days' as at) t`)
  await run(`insert into records (institution_id, session_id, student_id, status, method, assurance, marked_at)
    select s.institution_id, s.id, m.person_id,
      case when random() < 0.02 then 'excused' when random() > ${shareOf('m.person_id')} then 'absent' when random() < 0.1 then 'late' else 'present' end,
      'code', 'C', s.opens_at
    from sessions s join class_students m on m.institution_id = s.institution_id and m.class_id = s.class_id
    where s.ended_at is not null`)
  await run('analyze')
}

/** Of a person's sessions those they come to, between 0.6 and 1: a fifth stays below three quarters or so. */
const shareOf = (personId: string) => `(0.6 + 0.4 * abs(hashtext(${personId}::text) % 100) / 100.0)`
