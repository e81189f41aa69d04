import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type AuditEntry, appendAudit } from '../../platform/audit/append-audit.ts'
import { inspectDatabase } from '../../platform/db/inspect.ts'
import type { Tx } from '../../platform/db/open.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { anInstitution, type TestInstitution } from '../../testing/builders.ts'
import { asOwner } from '../../testing/database.ts'
import { somebodyWaits } from '../../testing/somebody-waits.ts'
import { type AuditVerdict, type KnownLink, verifyAudit } from './verify-chain.ts'

let app: TestApp
let college: TestInstitution
beforeEach(async () => {
  app = await createTestApp()
  college = await anInstitution(app)
})
afterEach(() => app.close())

const anEntry = (given: Partial<AuditEntry> = {}): AuditEntry => ({
  institutionId: college.id,
  at: app.clock.now(),
  actorId: randomUUID(),
  action: 'record-made',
  subjectId: randomUUID(),
  sessionId: randomUUID(),
  oldValue: null,
  newValue: { status: 'present' },
  reason: null,
  ...given,
})

const append = (...entries: AuditEntry[]) => app.db.inInstitution(college.id, (tx) => appendAudit(tx, entries))

async function appendOneByOne(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await append(anEntry())
}

const verify = (known: KnownLink[] = []): Promise<AuditVerdict> =>
  inspectDatabase(app.databaseUrl, (tx) => verifyAudit(tx, known))

async function chainOf(): Promise<AuditVerdict['chains'][number]> {
  const { chains } = await verify()
  const chain = chains.find(({ institution }) => institution.id === college.id)
  if (!chain) throw new Error('this institution has no chain')
  return chain
}

/** As the database's owner, whom no grant and no wall holds back. */
const tamper = (statement: string) => asOwner(app.databaseUrl, statement)

const rowIds = async () =>
  (await app.db.inInstitution(college.id, (tx) => tx.selectFrom('audit_log').select('id').orderBy('id').execute())).map(
    ({ id }) => id,
  )

describe('the chain', () => {
  test('holds every row, whatever stands in it, as anybody can compute it outside the database', async () => {
    await append(
      anEntry({ reason: 'came late: "the bus" \\ \u0001\t\u007f é 🚌 \u2028' }),
      anEntry({ at: new Date('1999-12-31T23:59:59.999Z'), actorId: null, subjectId: null, sessionId: null }),
      anEntry({ oldValue: { z: 1e-7, a: [1.5, null, { b: 'é\n' }], long: 2 ** 60 }, newValue: {} }),
      anEntry({ action: 'odd "action"', reason: '' }),
    )
    await appendOneByOne(3)
    expect(await chainOf()).toMatchObject({ links: 7, firstBreak: null })
  })

  test('is each institution’s own, counted without gaps', async () => {
    const other = await anInstitution(app)
    await append(anEntry(), anEntry())
    await app.db.inInstitution(other.id, (tx) => appendAudit(tx, anEntry({ institutionId: other.id })))
    await append(anEntry())
    const { chains } = await verify()
    const linksOf = (id: string) => chains.find(({ institution }) => institution.id === id)
    expect(linksOf(college.id)).toMatchObject({ links: 3, firstBreak: null })
    expect(linksOf(other.id)).toMatchObject({ links: 1, firstBreak: null })
  })

  test('links a whole import as it links single rows', async () => {
    await append(anEntry())
    await append(...Array.from({ length: 2_500 }, () => anEntry()))
    await append(anEntry())
    expect(await chainOf()).toMatchObject({ links: 2_502, firstBreak: null })
  })

  test('knows nothing of what was rolled back, whole or to a savepoint', async () => {
    await append(anEntry())
    const undone = app.db.inInstitution(college.id, async (tx) => {
      await appendAudit(tx, anEntry())
      throw new Error('changed my mind')
    })
    await expect(undone).rejects.toThrow('changed my mind')
    await app.db.inInstitution(college.id, async (tx) => {
      await appendAudit(tx, anEntry())
      await sql`savepoint here`.execute(tx)
      await appendAudit(tx, [anEntry(), anEntry()])
      await sql`rollback to savepoint here`.execute(tx)
      await appendAudit(tx, anEntry())
    })
    expect(await chainOf()).toMatchObject({ links: 3, firstBreak: null })
  })

  test('goes on where a transaction had its links made early', async () => {
    await app.db.inInstitution(college.id, async (tx) => {
      await appendAudit(tx, [anEntry(), anEntry()])
      await sql`set constraints all immediate`.execute(tx)
      await sql`savepoint here`.execute(tx)
      await appendAudit(tx, anEntry())
      await sql`rollback to savepoint here`.execute(tx)
      await sql`set constraints all deferred`.execute(tx)
      await appendAudit(tx, anEntry())
    })
    expect(await chainOf()).toMatchObject({ links: 3, firstBreak: null })
  })

  test('is one line through transactions that commit at once', async () => {
    const writers = Array.from({ length: 8 }, async () => {
      for (let i = 0; i < 10; i++) await append(anEntry(), anEntry())
    })
    await Promise.all(writers)
    expect(await chainOf()).toMatchObject({ links: 160, firstBreak: null })
  })

  test('puts a row in the order of the commits, not of the writing', async () => {
    const written = Promise.withResolvers<void>()
    const mayCommit = Promise.withResolvers<void>()
    const slow = app.db.inInstitution(college.id, async (tx) => {
      await appendAudit(tx, anEntry({ action: 'slow-written' }))
      written.resolve()
      await mayCommit.promise
    })
    await written.promise
    // Nothing is locked by a row that is written and not committed.
    await append(anEntry({ action: 'quick-written' }))
    mayCommit.resolve()
    await slow
    const actions = await app.db.inInstitution(college.id, (tx) =>
      tx
        .selectFrom('audit_chain')
        .innerJoin('audit_log', 'audit_log.id', 'audit_chain.audit_id')
        .select('action')
        .orderBy('seq')
        .execute(),
    )
    expect(actions.map(({ action }) => action)).toEqual(['quick-written', 'slow-written'])
    expect(await chainOf()).toMatchObject({ links: 2, firstBreak: null })
  })

  test('lets the second of two committing transactions wait, and then follow', async () => {
    await append(anEntry())
    const held = Promise.withResolvers<void>()
    const mayEnd = Promise.withResolvers<void>()
    const first = app.db.inInstitution(college.id, async (tx) => {
      await appendAudit(tx, anEntry())
      await sql`set constraints all immediate`.execute(tx)
      held.resolve()
      await mayEnd.promise
    })
    await held.promise
    const second = append(anEntry())
    await somebodyWaits(app)
    mayEnd.resolve()
    await Promise.all([first, second])
    expect(await chainOf()).toMatchObject({ links: 3, firstBreak: null })
  })

  test('is out of reach for the application’s role', async () => {
    await append(anEntry())
    const refused = (statement: (tx: Tx) => Promise<unknown>) =>
      expect(app.db.inInstitution(college.id, statement)).rejects.toThrow('permission denied')
    for (const table of ['audit_log', 'audit_chain', 'audit_heads'] as const) {
      await refused((tx) => tx.deleteFrom(table).execute())
      await refused((tx) => sql`truncate ${sql.table(table)}`.execute(tx))
    }
    await refused((tx) => tx.updateTable('audit_chain').set({ seq: '9' }).execute())
    await refused((tx) => tx.updateTable('audit_heads').set({ seq: '9' }).execute())
    await refused((tx) => tx.updateTable('audit_log').set({ reason: 'x' }).execute())
    await refused((tx) => sql`insert into audit_heads values (${college.id}, 1, '')`.execute(tx))
    await refused((tx) => sql`insert into audit_chain values (${college.id}, 9, 9, '', '')`.execute(tx))
    await refused((tx) => sql`select link_audit_rows(${college.id}, 0)`.execute(tx))
  })
})

describe('the verification names', () => {
  beforeEach(() => appendOneByOne(6))

  test.each([
    ['another status', `new_value = '{"status": "late"}'`],
    ['another reason', `reason = 'x'`],
    ['another person', 'actor_id = gen_random_uuid()'],
    ['another microsecond', `at = at + interval '1 microsecond'`],
  ])('a row with %s', async (_, change) => {
    const ids = await rowIds()
    await tamper(`update audit_log set ${change} where id = ${ids[2]}`)
    expect((await chainOf()).firstBreak).toEqual({ kind: 'row-changed', seq: 3, auditId: ids[2] })
  })

  test('a row that was deleted', async () => {
    const ids = await rowIds()
    await tamper(`delete from audit_log where id = ${ids[3]}`)
    expect((await chainOf()).firstBreak).toEqual({ kind: 'row-missing', seq: 4, auditId: ids[3] })
  })

  test('a row that was deleted together with its link', async () => {
    const ids = await rowIds()
    await tamper(`delete from audit_log where id = ${ids[3]}; delete from audit_chain where audit_id = ${ids[3]}`)
    expect((await chainOf()).firstBreak).toEqual({ kind: 'link-missing', seq: 4, auditId: null })
  })

  test('two rows that changed places', async () => {
    const [, second, third] = await rowIds()
    await tamper(`create temp table swapped as select * from audit_log where id in (${second}, ${third});
      update audit_log a set actor_id = s.actor_id, subject_id = s.subject_id, session_id = s.session_id, salt = s.salt
        from swapped s where a.id in (${second}, ${third}) and s.id <> a.id`)
    expect((await chainOf()).firstBreak).toEqual({ kind: 'row-changed', seq: 2, auditId: second })
  })

  test('two links that changed places', async () => {
    const ids = await rowIds()
    await tamper(`update audit_chain set seq = 99 where seq = 2; update audit_chain set seq = 2 where seq = 3;
      update audit_chain set seq = 3 where seq = 99`)
    expect((await chainOf()).firstBreak).toEqual({ kind: 'link-changed', seq: 2, auditId: ids[2] })
  })

  test('a tail that was cut, even with its links', async () => {
    const ids = await rowIds()
    await tamper(`delete from audit_log where id > ${ids[3]}; delete from audit_chain where seq > 4`)
    expect((await chainOf()).firstBreak).toEqual({ kind: 'tail-cut', seq: 5, auditId: null })
  })

  test('a row that was put in past the chain', async () => {
    await tamper(`set session_replication_role = replica;
      insert into audit_log (institution_id, at, action, new_value) values ('${college.id}', now(), 'record-made', '{}')`)
    const forged = (await rowIds()).at(-1)
    expect((await chainOf()).firstBreak).toEqual({ kind: 'row-unlinked', seq: null, auditId: forged })
    // Nor does the next row take it along.
    await append(anEntry())
    expect(await chainOf()).toMatchObject({ links: 7, firstBreak: { kind: 'row-unlinked', auditId: forged } })
  })

  test('a row, leaf and hash that were forged together, by the link after', async () => {
    const ids = await rowIds()
    await tamper(`update audit_log set reason = 'forged' where id = ${ids[2]};
      update audit_chain c set leaf = sha256('\\x00'::bytea || convert_to(audit_canonical(a), 'UTF8'))
        from audit_log a where a.id = c.audit_id and c.seq = 3;
      update audit_chain c set hash = sha256('\\x02'::bytea || p.hash || c.leaf)
        from audit_chain p where c.seq = 3 and p.seq = 2`)
    expect((await chainOf()).firstBreak).toEqual({ kind: 'link-changed', seq: 4, auditId: ids[3] })
  })

  test('a head that was changed or is gone', async () => {
    await tamper('update audit_heads set seq = 5')
    expect((await chainOf()).firstBreak).toEqual({ kind: 'head-changed', seq: 6, auditId: null })
    await tamper('delete from audit_heads')
    expect((await chainOf()).firstBreak).toEqual({ kind: 'head-missing', seq: 6, auditId: null })
  })

  test('by a link that was printed earlier, what was cut with its head', async () => {
    const printed = await chainOf()
    const known = { seq: printed.links, hash: printed.head }
    await append(anEntry())
    expect((await verify([known])).missingKnown).toEqual([])
    const ids = await rowIds()
    await tamper(`delete from audit_log where id > ${ids[3]}; delete from audit_chain where seq > 4;
      update audit_heads h set seq = 4, hash = c.hash from audit_chain c where c.seq = 4`)
    expect(await verify([known])).toMatchObject({ chains: [{ links: 4, firstBreak: null }], missingKnown: [known] })
  })
})
