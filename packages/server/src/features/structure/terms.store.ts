import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

export type NamedDays = { name: string; startsOn: string; endsOn: string }
export type Term = NamedDays & { id: string; classCount: number; archivedAt: Date | null }

const terms = (tx: Tx) =>
  tx
    .selectFrom('terms')
    .select(({ selectFrom }) => [
      'terms.id',
      'terms.name',
      'terms.starts_on',
      'terms.ends_on',
      'terms.archived_at',
      selectFrom('classes')
        .select(sql<number>`count(*)::int`.as('count'))
        .whereRef('classes.institution_id', '=', 'terms.institution_id')
        .whereRef('classes.term_id', '=', 'terms.id')
        .as('class_count'),
    ])

type Row = Awaited<ReturnType<ReturnType<typeof terms>['executeTakeFirstOrThrow']>>

const toTerm = (row: Row): Term => ({
  id: row.id,
  name: row.name,
  startsOn: row.starts_on,
  endsOn: row.ends_on,
  classCount: row.class_count ?? 0,
  archivedAt: row.archived_at,
})

/** The latest first. */
export async function findTerms(tx: Tx): Promise<Term[]> {
  const rows = await terms(tx).orderBy('terms.starts_on', 'desc').orderBy('terms.id').execute()
  return rows.map(toTerm)
}

/** One term, held until the transaction ends; null when there is none. */
export async function lockTerm(tx: Tx, termId: string): Promise<Term | null> {
  const row = await terms(tx).where('terms.id', '=', termId).forUpdate('terms').executeTakeFirst()
  return row ? toTerm(row) : null
}

export async function insertTerm(
  tx: Tx,
  term: NamedDays & { institutionId: string; id: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('terms')
    .values({
      institution_id: term.institutionId,
      id: term.id,
      name: term.name,
      starts_on: term.startsOn,
      ends_on: term.endsOn,
      archived_at: null,
      created_at: term.at,
    })
    .execute()
}

export async function setTerm(tx: Tx, termId: string, term: NamedDays): Promise<void> {
  await tx
    .updateTable('terms')
    .set({ name: term.name, starts_on: term.startsOn, ends_on: term.endsOn })
    .where('id', '=', termId)
    .execute()
}

export async function setTermArchived(tx: Tx, termId: string, archivedAt: Date | null): Promise<void> {
  await tx.updateTable('terms').set({ archived_at: archivedAt }).where('id', '=', termId).execute()
}

/** Archives the classes of a term that are not archived yet, and answers which. */
export async function archiveClassesOf(tx: Tx, termId: string, at: Date): Promise<string[]> {
  const rows = await tx
    .updateTable('classes')
    .set({ archived_at: at })
    .where('term_id', '=', termId)
    .where('archived_at', 'is', null)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Brings back the classes of a term that were archived at that very moment, with it. */
export async function restoreClassesOf(tx: Tx, termId: string, archivedAt: Date): Promise<string[]> {
  const rows = await tx
    .updateTable('classes')
    .set({ archived_at: null })
    .where('term_id', '=', termId)
    .where('archived_at', '=', archivedAt)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Whether one of these classes has a session that was started and not ended. */
export async function hasOpenSession(tx: Tx, classIds: readonly string[]): Promise<boolean> {
  const row = await tx
    .selectFrom('sessions')
    .select('id')
    .where('class_id', '=', sql<string>`any(${[...classIds]}::uuid[])`)
    .where('started_at', 'is not', null)
    .where('ended_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export async function deleteTermRow(tx: Tx, termId: string): Promise<void> {
  await tx.deleteFrom('terms').where('id', '=', termId).execute()
}
