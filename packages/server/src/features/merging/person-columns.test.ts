import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { asOwner } from '../../testing/database.ts'
import { PERSON_COLUMNS } from './person-columns.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

test('every column that may refer to a person is dealt with when two students become one', async () => {
  // A uuid that is no row's own id, no institution, and bound by its foreign key to nothing but people.
  const rows = await asOwner<{ name: string }>(
    app.databaseUrl,
    `select c.relname || '.' || a.attname as name
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
       and a.attnum > 0 and not a.attisdropped and a.atttypid in ('uuid'::regtype, 'uuid[]'::regtype)
       and a.attname not in ('id', 'institution_id')
       and not exists (select from pg_constraint f
         where f.conrelid = c.oid and f.contype = 'f' and a.attnum = any (f.conkey)
           and f.confrelid not in ('people'::regclass, 'institutions'::regclass))
     order by 1`,
  )
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(PERSON_COLUMNS).sort())
})
