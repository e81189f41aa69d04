import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../testing/database.ts'
import { createLog } from '../log.ts'
import { MigrationError, migrate } from './migrate.ts'

const log = createLog({ debug: false })
log.level = 'silent'

let directory: string
let database: TestDatabase
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'migrations-'))
  database = await createEmptyDatabase()
})
afterEach(async () => {
  await database.drop()
  await rm(directory, { recursive: true })
})

const file = (name: string, sql: string) => writeFile(path.join(directory, name), sql)
const run = () => migrate(database.url, log, directory)

async function tables(): Promise<string[]> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const { rows } = await client
    .query("select tablename from pg_tables where schemaname = 'public' order by 1")
    .finally(() => client.end())
  return rows.map((row: { tablename: string }) => row.tablename).filter((name) => name !== 'schema_migrations')
}

describe('migrations', () => {
  test('are applied in order, once, and only the missing ones', async () => {
    await file('001-a.sql', 'create table a (id int primary key);')
    await file('002-b.sql', 'create table b (a_id int references a);')
    expect(await run()).toEqual(['001-a.sql', '002-b.sql'])
    await file('003-c.sql', 'create table c ();')
    expect(await run()).toEqual(['003-c.sql'])
    expect(await run()).toEqual([])
    expect(await tables()).toEqual(['a', 'b', 'c'])
  })

  test('are applied once when two servers start at the same time', async () => {
    await file('001-a.sql', 'create table a (); select pg_sleep(0.2);')
    expect((await Promise.all([run(), run(), run()])).flat()).toEqual(['001-a.sql'])
  })

  test('leave nothing half done when one fails', async () => {
    await file('001-a.sql', 'create table a ();')
    await file('002-b.sql', 'create table b (); select 1/0;')
    await expect(run()).rejects.toThrow('002-b.sql failed and was rolled back: division by zero')
    expect(await tables()).toEqual(['a'])
    await file('002-b.sql', 'create table b ();')
    expect(await run()).toEqual(['002-b.sql'])
  })

  test('are refused when an applied file has changed', async () => {
    await file('001-a.sql', 'create table a ();\n')
    await run()
    await file('001-a.sql', 'create table a ();\r\n')
    expect(await run()).toEqual([])
    await file('001-a.sql', 'create table b ();\n')
    await expect(run()).rejects.toThrow('001-a.sql was changed')
  })

  test('are refused when the database is newer than the code', async () => {
    await file('001-a.sql', 'create table a ();')
    await file('002-b.sql', 'create table b ();')
    await run()
    await rm(path.join(directory, '002-b.sql'))
    await expect(run()).rejects.toThrow('newer than this version: it has 002-b.sql')
  })

  test('are refused when one comes late', async () => {
    await file('002-b.sql', 'create table b ();')
    await run()
    await file('001-a.sql', 'create table a ();')
    await expect(run()).rejects.toThrow('001-a.sql comes before 002-b.sql')
  })

  test.each([['1-a.sql'], ['001-A.sql'], ['001_a.sql']])('are refused under the name %s', async (name) => {
    await file(name, 'select 1')
    await expect(run()).rejects.toThrow(MigrationError)
  })

  test('are refused when two share a number', async () => {
    await file('001-a.sql', 'select 1')
    await file('001-b.sql', 'select 1')
    await expect(run()).rejects.toThrow('001-b.sql must be named')
  })

  test('of the product are all in a test database', async () => {
    const fresh = await createTestDatabase()
    expect(await migrate(fresh.url, log)).toEqual([])
    await fresh.drop()
  })
})
