import type { PersonDetails } from '@app/contract'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

export type PersonFacts = PersonDetails & {
  addedAt: Date
  consentAt: Date | null
  invite: { createdAt: Date; expiresAt: Date } | null
  lastInvitedAt: Date | null
}

/** What is kept of a person beside who they are to others; null when there is no such person. */
export async function findPersonFacts(tx: Tx, personId: string, at: Date): Promise<PersonFacts | null> {
  const { rows } = await sql<{
    full_name: string
    email: string | null
    phone: string | null
    roll_no: string | null
    batch: string | null
    department: string | null
    created_at: Date
    consent_at: Date | null
    invited_at: Date | null
    open_since: Date | null
    open_until: Date | null
  }>`
    select p.full_name, p.email, p.phone, p.roll_no, p.batch, p.department, p.created_at,
      (select c.given_at from consents c where c.institution_id = p.institution_id and c.person_id = p.id
        and c.withdrawn_at is null) as consent_at,
      (select max(i.created_at) from invites i where i.institution_id = p.institution_id and i.person_id = p.id) as invited_at,
      open.created_at as open_since, open.expires_at as open_until
    from people p left join lateral (
      select i.created_at, i.expires_at from invites i where i.institution_id = p.institution_id and i.person_id = p.id
        and i.used_at is null and i.revoked_at is null and i.expires_at > ${at} and p.status = 'invited'
      order by i.created_at desc limit 1) open on true
    where p.id = ${personId} and p.merged_into is null`.execute(tx)
  const [row] = rows
  if (!row) return null
  return {
    fullName: row.full_name,
    email: row.email,
    phone: row.phone,
    rollNo: row.roll_no,
    batch: row.batch,
    department: row.department,
    addedAt: row.created_at,
    consentAt: row.consent_at,
    invite: row.open_since && row.open_until ? { createdAt: row.open_since, expiresAt: row.open_until } : null,
    lastInvitedAt: row.invited_at,
  }
}

export type Taught = {
  classId: string
  className: string
  subjectName: string
  otherTeachers: number
  plannedSessions: number
}

/** The classes somebody teaches, with what goes with them to whoever takes them over. */
export async function listTaught(tx: Tx, personId: string, at: Date): Promise<Taught[]> {
  const { rows } = await sql<{ id: string; name: string; subject: string; others: number; planned: number }>`
    select c.id, c.name, s.name as subject,
      (select count(*)::int from class_teachers o where o.institution_id = c.institution_id and o.class_id = c.id
        and o.person_id <> t.person_id) as others,
      (select count(*)::int from sessions se where se.institution_id = c.institution_id and se.class_id = c.id
        and se.started_at is null and se.cancelled_at is null and se.closes_at > ${at}) as planned
    from class_teachers t
    join classes c on c.institution_id = t.institution_id and c.id = t.class_id
    join subjects s on s.institution_id = c.institution_id and s.id = c.subject_id
    where t.person_id = ${personId} order by s.name, c.name, c.id`.execute(tx)
  return rows.map((row) => ({
    classId: row.id,
    className: row.name,
    subjectName: row.subject,
    otherTeachers: row.others,
    plannedSessions: row.planned,
  }))
}

export async function updateDetails(tx: Tx, personId: string, details: PersonDetails): Promise<void> {
  await tx
    .updateTable('people')
    .set({
      full_name: details.fullName,
      email: details.email,
      phone: details.phone,
      roll_no: details.rollNo,
      batch: details.batch,
      department: details.department,
    })
    .where('id', '=', personId)
    .execute()
}

/** Whether another person has the address, or the roll number in whatever case. */
export async function findTaken(
  tx: Tx,
  personId: string,
  { email, rollNo }: Pick<PersonDetails, 'email' | 'rollNo'>,
): Promise<{ email: boolean; rollNo: boolean }> {
  const { rows } = await sql<{ email: boolean; roll_no: boolean }>`
    select exists (select from people where email = ${email} and id <> ${personId}) as email,
      exists (select from people where lower(roll_no) = lower(${rollNo}) and id <> ${personId}) as roll_no`.execute(tx)
  return { email: rows[0]?.email ?? false, rollNo: rows[0]?.roll_no ?? false }
}

export type AuditRow = {
  id: string
  at: Date
  action: string
  actorId: string | null
  actorName: string | null
  oldValue: unknown
  newValue: unknown
  reason: string | null
}

/** What was done to a person, the newest first; `before` is the number of the last one seen. */
export async function listAuditOf(
  tx: Tx,
  personId: string,
  { before, limit }: { before: string | null; limit: number },
): Promise<AuditRow[]> {
  let rows = tx
    .selectFrom('audit_log')
    .leftJoin('people', 'people.id', 'audit_log.actor_id')
    .select([
      'audit_log.id',
      'audit_log.at',
      'audit_log.action',
      'audit_log.actor_id',
      'people.full_name',
      'audit_log.old_value',
      'audit_log.new_value',
      'audit_log.reason',
    ])
    .where('audit_log.subject_id', '=', personId)
  if (before !== null) rows = rows.where('audit_log.id', '<', before)
  return (await rows.orderBy('audit_log.id', 'desc').limit(limit).execute()).map((row) => ({
    id: row.id,
    at: row.at,
    action: row.action,
    actorId: row.actor_id,
    actorName: row.full_name,
    oldValue: row.old_value,
    newValue: row.new_value,
    reason: row.reason,
  }))
}
