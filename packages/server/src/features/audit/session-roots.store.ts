import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'
import { type AuditRowTexts, ROW_TEXTS } from './audit-rows.store.ts'

/** A row that a session's roots depend on: of a mark, of an end, of a reopening. */
export type RootRow = {
  institutionId: string
  sessionId: string
  auditId: string
  action: string
  at: Date
  studentId: string | null
  /** What the row says the mark is from then on; null where it was taken back. */
  status: string | null
  method: string | null
  assurance: string | null
  ownStatusId: string | null
  heldAt: string | null
  salt: string
}

const newValue = (name: string) => sql<string | null>`audit_log.new_value ->> ${sql.lit(name)}`

/** Those rows of the sessions, each session's in the order of the chain. */
export async function listRootRows(tx: Tx, sessionIds: readonly string[]): Promise<RootRow[]> {
  return tx
    .selectFrom('audit_log')
    .innerJoin('audit_chain', (join) =>
      join
        .onRef('audit_chain.institution_id', '=', 'audit_log.institution_id')
        .onRef('audit_chain.audit_id', '=', 'audit_log.id'),
    )
    .select([
      'audit_log.institution_id as institutionId',
      'audit_log.session_id as sessionId',
      'audit_log.id as auditId',
      'audit_log.action',
      'audit_log.at',
      'audit_log.subject_id as studentId',
      newValue('status').as('status'),
      newValue('method').as('method'),
      newValue('assurance').as('assurance'),
      newValue('ownStatusId').as('ownStatusId'),
      newValue('heldAt').as('heldAt'),
      'audit_log.salt',
    ])
    .where('audit_log.session_id', '=', sql<string>`any (${[...sessionIds]}::uuid[])`)
    .where((is) =>
      is.or([
        is('audit_log.action', 'like', 'record-%'),
        is('audit_log.action', 'in', ['session-ended', 'session-reopened']),
      ]),
    )
    .orderBy('audit_chain.seq')
    .$narrowType<{ sessionId: string }>()
    .execute()
}

/** The link of a row, with the row as its hash is made. */
export async function getLinkedRow(tx: Tx, auditId: string): Promise<{ leaf: Buffer; row: AuditRowTexts }> {
  const { leaf, ...row } = await tx
    .selectFrom('audit_log')
    .innerJoin('audit_chain', (join) =>
      join
        .onRef('audit_chain.institution_id', '=', 'audit_log.institution_id')
        .onRef('audit_chain.audit_id', '=', 'audit_log.id'),
    )
    .select(['audit_chain.leaf', ...ROW_TEXTS])
    .where('audit_log.id', '=', auditId)
    .executeTakeFirstOrThrow()
  return { leaf, row }
}

export type SessionNames = {
  institution: string
  classId: string
  className: string
  subjectName: string
  opensAt: Date
  endedAt: Date | null
}

export async function findSessionNames(tx: Tx, sessionId: string): Promise<SessionNames | null> {
  const row = await tx
    .selectFrom('sessions')
    .innerJoin('institutions', 'institutions.id', 'sessions.institution_id')
    .innerJoin('classes', 'classes.id', 'sessions.class_id')
    .innerJoin('subjects', 'subjects.id', 'classes.subject_id')
    .select([
      'institutions.name as institution',
      'classes.id as classId',
      'classes.name as className',
      'subjects.name as subjectName',
      'sessions.opens_at as opensAt',
      'sessions.ended_at as endedAt',
    ])
    .where('sessions.id', '=', sessionId)
    .executeTakeFirst()
  return row ?? null
}

export async function getOwnNames(tx: Tx, personId: string): Promise<{ fullName: string; rollNo: string | null }> {
  return tx
    .selectFrom('people')
    .select(['full_name as fullName', 'roll_no as rollNo'])
    .where('id', '=', personId)
    .executeTakeFirstOrThrow()
}
