import type { PeopleFilter, PeopleSort, PersonRow, Role } from '@app/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

/** Which people are asked for. */
export type Sought = {
  filter: Omit<PeopleFilter, 'search'>
  /** Patterns of `like` that all have to fit. */
  patterns: readonly string[]
  /** Those whom the patterns fit, where they are few enough to be named; null otherwise. */
  found: readonly string[] | null
  /** The model whose templates count. */
  model: string
  at: Date
}

/** Where a page begins: after this person in this order. */
export type Place = { value: string; personId: string }
type Order = { sort: PeopleSort; isDown: boolean }

/** The ids of the people whom all patterns fit, the first asked by the index: at most `most`. */
export async function findPeopleLike(tx: Tx, patterns: readonly string[], most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select * from find_people(${patterns}::text[], ${most}) as id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** What each order goes by; the two that are asked for most have an index. */
const KEYS: Record<PeopleSort, RawBuilder<unknown>> = {
  name: sql`p.sort_name`,
  rollNo: sql`p.sort_roll_no`,
  email: sql`coalesce(p.email, '')`,
  department: sql`lower(coalesce(p.department, ''))`,
  added: sql`p.created_at`,
}

const VALUES: Record<PeopleSort, (value: string) => RawBuilder<unknown>> = {
  name: (value) => sql`${value}::text`,
  rollNo: (value) => sql`${value}::text`,
  email: (value) => sql`${value}::text`,
  department: (value) => sql`${value}::text`,
  added: (value) => sql`${value}::timestamptz`,
}

export type FoundPerson = Omit<PersonRow, 'invitedAt' | 'lastSeenAt'> & {
  invitedAt: Date | null
  lastSeenAt: Date | null
  /** For the place of the next page. */
  sortedBy: string
  /** How many are sought in all, where that was asked too. */
  total: number | null
}

/** A page of them, in order; `isCounted` also counts all of them, which reads them all. */
export async function listPage(
  tx: Tx,
  sought: Sought,
  { order, after, limit, isCounted }: { order: Order; after: Place | null; limit: number; isCounted: boolean },
): Promise<FoundPerson[]> {
  const key = KEYS[order.sort]
  const way = order.isDown ? sql`desc` : sql`asc`
  const compare = order.isDown ? sql`<` : sql`>`
  const from =
    after === null
      ? sql``
      : sql`and (${key}, p.id) ${compare} (${VALUES[order.sort](after.value)}, ${after.personId}::uuid)`
  // The page first, then what is told of each on it: asked together, whole tables would be read for the sake of fifty.
  const { rows } = await sql<{
    id: string
    full_name: string
    roll_no: string | null
    email: string | null
    phone: string | null
    department: string | null
    batch: string | null
    status: PersonRow['status']
    roles: Role[]
    is_enrolled: boolean
    has_consent: boolean
    invited_at: Date | null
    last_seen_at: Date | null
    sorted_by: string
    total: string | null
  }>`
    select p.id, p.full_name, p.roll_no, p.email, p.phone, p.department, p.batch, p.status,
      array(select r.role from person_roles r where ${of(sql`r`)} and r.person_id = p.id order by r.role) as roles,
      ${isEnrolled(sought.model)} as is_enrolled, ${hasConsent} as has_consent, ${invitedAt} as invited_at,
      (select max(l.last_used_at) from logins l where ${of(sql`l`)} and l.person_id = p.id) as last_seen_at,
      ${order.sort === 'added' ? sql`to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')` : key} as sorted_by, page.total
    from (select p.institution_id, p.id, ${isCounted ? sql`count(*) over ()` : sql`null`} as total
      from people p where ${matches(sought)} ${from} order by ${key} ${way}, p.id ${way} limit ${limit}) page
    join people p on p.institution_id = page.institution_id and p.id = page.id
    order by ${key} ${way}, p.id ${way}`.execute(tx)
  return rows.map((row) => ({
    personId: row.id,
    fullName: row.full_name,
    rollNo: row.roll_no,
    email: row.email,
    phone: row.phone,
    department: row.department,
    batch: row.batch,
    status: row.status,
    roles: row.roles,
    isEnrolled: row.is_enrolled,
    hasConsent: row.has_consent,
    invitedAt: row.invited_at,
    lastSeenAt: row.last_seen_at,
    sortedBy: row.sorted_by,
    total: row.total === null ? null : Number(row.total),
  }))
}

export async function countPeople(tx: Tx, sought: Sought): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) from people p where ${matches(sought)}`.execute(tx)
  return Number(rows[0]?.count ?? 0)
}

/** Their ids alone, at most `limit`, in no order. */
export async function listPeopleIds(tx: Tx, sought: Sought, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select p.id from people p where ${matches(sought)} limit ${limit}`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}

/** Every department and batch that anybody has, and the departments that are kept as a list. */
export async function listChoices(tx: Tx): Promise<{ departments: string[]; batches: string[] }> {
  const departments = await sql<{ name: string }>`
    select department as name from people where department <> '' and merged_into is null
    union select name from departments where archived_at is null order by name`.execute(tx)
  const batches = await sql<{ name: string }>`
    select distinct batch as name from people where batch <> '' and merged_into is null order by name`.execute(tx)
  return { departments: departments.rows.map(({ name }) => name), batches: batches.rows.map(({ name }) => name) }
}

const of = (table: RawBuilder<unknown>) => sql`${table}.institution_id = p.institution_id`
const isEnrolled = (model: string) =>
  sql<boolean>`exists (select from face_templates f where ${of(sql`f`)} and f.person_id = p.id and f.model = ${model})`
const hasConsent = sql<boolean>`exists (select from consents c where ${of(sql`c`)} and c.person_id = p.id and c.withdrawn_at is null)`
const invitedAt = sql<Date | null>`(select max(i.created_at) from invites i where ${of(sql`i`)} and i.person_id = p.id)`

const DAY_MS = 86_400_000

function matches({ filter, patterns, found, model, at }: Sought): RawBuilder<boolean> {
  const parts: RawBuilder<unknown>[] = [sql`p.merged_into is null`]
  if (found !== null) parts.push(sql`p.id = any(${found}::uuid[])`)
  else if (patterns.length > 0) parts.push(sql`p.search_text like all (${patterns}::text[])`)
  const { role, status, department, batch, classId, face, consent, silent } = filter
  if (role !== undefined)
    parts.push(sql`exists (select from person_roles r where ${of(sql`r`)} and r.person_id = p.id and r.role = ${role})`)
  if (status !== undefined) parts.push(sql`p.status = ${status}`)
  if (department !== undefined) parts.push(sql`p.department = ${department}`)
  if (batch !== undefined) parts.push(sql`p.batch = ${batch}`)
  if (classId !== undefined)
    parts.push(sql`(exists (select from class_students s
      where ${of(sql`s`)} and s.person_id = p.id and s.class_id = ${classId} and s.left_at is null)
      or exists (select from class_teachers t where ${of(sql`t`)} and t.person_id = p.id and t.class_id = ${classId}))`)
  if (face !== undefined) parts.push(face === 'enrolled' ? isEnrolled(model) : sql`not ${isEnrolled(model)}`)
  if (consent !== undefined) parts.push(consent === 'given' ? hasConsent : sql`not ${hasConsent}`)
  if (silent !== undefined) {
    const ago = (days: number) => new Date(at.getTime() - days * DAY_MS)
    parts.push(sql`p.status = 'invited'`)
    parts.push(
      {
        'never-invited': sql`${invitedAt} is null`,
        week: sql`${invitedAt} > ${ago(7)}`,
        month: sql`${invitedAt} <= ${ago(7)} and ${invitedAt} > ${ago(30)}`,
        longer: sql`${invitedAt} <= ${ago(30)}`,
      }[silent],
    )
  }
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}
