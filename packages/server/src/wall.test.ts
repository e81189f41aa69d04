import { ROUTES } from '@app/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ACCESS } from './testing/access-table.ts'
import { type AccessWorld, anAccessWorld, anotherSession } from './testing/access-world.ts'
import { createTestApp, type TestApp, type TestAsk } from './testing/app.ts'
import { asOwner } from './testing/database.ts'

/** Tables that belong to no institution. */
const OUTSIDE_THE_WALL = ['schema_migrations', 'throttles']
/**
 * What may be asked across the wall, and what it answers; each is told why in the migration that makes it. A function
 * that is not named here has not been looked at.
 */
const ACROSS_THE_WALL = [
  'delete_frame_hashes',
  'delete_photo_batches',
  'find_institution_of_invite',
  'find_people',
  'find_sign_ins',
  'free_interrupted_imports',
  'link_audit_row',
  'list_due_sessions',
  'list_installation',
  'list_institutions',
  'list_migrations',
  'list_sessions_in_their_time',
  'list_sessions_to_spot_check',
  'purge_imports',
  'sum_marks',
]

let app: TestApp
let world: AccessWorld
beforeAll(async () => {
  app = await createTestApp()
  world = await anAccessWorld(app)
  await anotherSession(world)
})
afterAll(() => app?.close())

const ask = <Row extends object>(statement: string) => asOwner<Row>(app.databaseUrl, statement)

/** Every table but those of PostgreSQL and of the job queue, which knows ids alone. */
const TABLES = `pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss')
    and n.nspname not like 'pg\\_%'`

describe('every table', () => {
  test('is walled by row-level security, for reading and for writing', async () => {
    const rows = await ask<{ name: string; walled: boolean; policies: string[] }>(`
      select c.relname as name, c.relrowsecurity as walled, array(
        select concat_ws(' | ', p.polname, p.polcmd, p.polpermissive::text,
          pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
        from pg_policy p where p.polrelid = c.oid) as policies
      from ${TABLES}`)
    expect(rows.length).toBeGreaterThan(20)
    const open = rows.filter(({ walled }) => !walled).map(({ name }) => name)
    expect(open.sort()).toEqual(OUTSIDE_THE_WALL)
    const rule = (key: string) => {
      const same = `(${key} = current_institution())`
      return [['wall', '*', 'true', same, same].join(' | ')]
    }
    for (const { name, policies } of rows.filter(({ walled }) => walled))
      expect(policies, name).toEqual(rule(name === 'institutions' ? 'id' : 'institution_id'))
  })

  test('has its institution at the head of its key', async () => {
    const rows = await ask<{ name: string; first: string | null }>(`
      select c.relname as name, (select a.attname from pg_index i
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
        where i.indrelid = c.oid and i.indisprimary) as first
      from ${TABLES}`)
    const walled = rows.filter(({ name }) => name !== 'institutions' && !OUTSIDE_THE_WALL.includes(name))
    expect(walled.filter(({ first }) => first !== 'institution_id')).toEqual([])
  })

  test('is unique within an institution, never across institutions', async () => {
    const loose = await ask(`
      select c.relname as table_name, x.relname as index_name from pg_index i
      join pg_class c on c.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
      where i.indisunique and c.relnamespace = 'public'::regnamespace and c.relrowsecurity and c.relname <> 'institutions'
        and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'institution_id' and a.attnum = any (i.indkey))`)
    expect(loose).toEqual([])
  })

  test('refers to rows of its own institution only', async () => {
    const loose = await ask(`
      select r.conrelid::regclass::text as from_table, r.confrelid::regclass::text as to_table, r.conname from pg_constraint r
      where r.contype = 'f' and r.connamespace = 'public'::regnamespace
        and not exists (select from unnest(r.conkey, r.confkey) as pair(own, other)
          join pg_attribute a on a.attrelid = r.conrelid and a.attnum = pair.own
          join pg_attribute b on b.attrelid = r.confrelid and b.attnum = pair.other
          where a.attname = 'institution_id' and b.attname = case r.confrelid when 'institutions'::regclass then 'id' else 'institution_id' end)`)
    expect(loose).toEqual([])
  })

  test('hides its rows outside an institution', async () => {
    const walled = await ask<{ name: string }>(`select c.relname as name from ${TABLES} and c.relrowsecurity`)
    const filled = await ask(
      walled.map(({ name }) => `select '${name}' as name where exists (select from ${name})`).join(' union all '),
    )
    expect(filled.length).toBeGreaterThan(8)
    for (const { name } of walled)
      expect(
        await app.db.outside((tx) =>
          tx
            .selectFrom(name as 'people')
            .selectAll()
            .execute(),
        ),
      ).toEqual([])
  })

  test('takes no row of another institution', async () => {
    const { student, stranger } = world.actors
    const moved = app.db.inInstitution(student.institutionId, (tx) =>
      tx
        .insertInto('person_roles')
        .values({ institution_id: stranger.institutionId, person_id: stranger.id, role: 'owner' })
        .execute(),
    )
    await expect(moved).rejects.toMatchObject({ code: '42501' })
  })
})

describe('the role that the server works as', () => {
  test('cannot step over the wall and owns nothing', async () => {
    const rows = await ask(`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication
      from pg_roles where rolname = 'smart_attendance_app'`)
    const [role] = rows
    expect(rows).toHaveLength(1)
    expect(Object.values(role ?? {})).toEqual([false, false, false, false, false, false])
    const member = await ask(`select from pg_auth_members where member = 'smart_attendance_app'::regrole`)
    expect(member).toEqual([])
    expect(await ask(`select relname from pg_class where pg_get_userbyid(relowner) = 'smart_attendance_app'`)).toEqual(
      [],
    )
    expect(await ask(`select proname from pg_proc where pg_get_userbyid(proowner) = 'smart_attendance_app'`)).toEqual(
      [],
    )
  })

  test('cannot rewrite what was audited, make tables or see the migrations', async () => {
    const [may] = await ask<Record<string, boolean>>(`
      select has_table_privilege('smart_attendance_app', 'audit_log', 'update,delete,truncate') as audit,
        has_table_privilege('smart_attendance_app', 'session_events', 'update,delete,truncate') as events,
        has_table_privilege('smart_attendance_app', 'schema_migrations', 'select,insert,update,delete') as migrations,
        has_schema_privilege('smart_attendance_app', 'public', 'create') as tables`)
    expect(may).toEqual({ audit: false, events: false, migrations: false, tables: false })
    const truncates = await ask(
      `select c.relname from ${TABLES} and has_table_privilege('smart_attendance_app', c.oid, 'truncate,references,trigger')`,
    )
    expect(truncates).toEqual([])
  })

  test('crosses it through the functions that were made for that, and no other', async () => {
    const rows = await ask<{ name: string; path: string[] | null; everybody: boolean }>(`
      select p.proname as name, p.proconfig as path, has_function_privilege('public', p.oid, 'execute') as everybody
      from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace order by p.proname`)
    expect(rows.map(({ name }) => name)).toEqual(ACROSS_THE_WALL)
    for (const { name, path, everybody } of rows)
      expect([path?.[0], everybody], name).toEqual(['search_path=public', false])
    const views = await ask(
      `select relname from pg_class where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace`,
    )
    expect(views).toEqual([])
  })
})

describe('another institution', () => {
  /** Everything that tells one row of an institution from those of others. */
  async function marksOf(institutionId: string): Promise<Set<string>> {
    const columns = await ask<{ from: string; column: string }>(`
      select table_name as "from", column_name as column from information_schema.columns
      where table_schema = 'public' and data_type = 'uuid' and column_name <> 'institution_id'
        and table_name in (select c.relname from ${TABLES} and c.relrowsecurity and c.relname <> 'institutions')`)
    const rows = await ask<{ mark: string }>(
      [
        `select '${institutionId}' as mark`,
        `select full_name from people where institution_id = '${institutionId}'`,
        ...columns.map(
          ({ from, column }) =>
            `select ${column}::text from ${from} where institution_id = '${institutionId}' and ${column} is not null`,
        ),
      ].join(' union '),
    )
    return new Set(rows.map(({ mark }) => mark))
  }

  /** One number for all rows of an institution, but for when its own people were last seen. */
  async function stateOf(institutionId: string): Promise<string> {
    const walled = await ask<{ name: string }>(
      `select c.relname as name from ${TABLES} and c.relrowsecurity and c.relname not in ('institutions', 'logins')`,
    )
    const parts = walled.map(
      ({ name }) => `select '${name}' as name, md5(coalesce(string_agg(t::text, '' order by t::text), '')) as digest
        from ${name} t where institution_id = '${institutionId}'`,
    )
    return JSON.stringify(await ask(parts.join(' union all ')))
  }

  test.each([...ROUTES].filter(([, { response }]) => !('stream' in response)))(
    'learns nothing from %s with ids from here, and changes nothing',
    async (name, route) => {
      const here = world.actors.admin.institutionId
      const asks: object[] = []
      for (const actor of ['admin', 'teacher', 'student'] as const)
        asks.push((await ACCESS[name]?.ask?.(world, actor)) ?? {})
      const marks = await marksOf(here)
      const before = await stateOf(here)
      for (const given of asks) {
        const sent = JSON.stringify(given)
        for (const as of [world.actors.otherAdmin, world.actors.stranger]) {
          const call: object = { ...given, as }
          const reply = await app.call(route, call as TestAsk<typeof route>)
          const named = 'params' in given && [...marks].some((mark) => JSON.stringify(given.params).includes(mark))
          if (named) expect(reply.status, reply.raw.body).not.toBe(200)
          const learnt = [...marks].filter((mark) => reply.raw.body.includes(mark) && !sent.includes(mark))
          expect(learnt).toEqual([])
        }
      }
      expect(await stateOf(here)).toBe(before)
    },
  )
})
