import type { Tx } from '../../platform/db/open.ts'

export type GuestRow = {
  id: string
  sessionId: string
  fullName: string
  note: string | null
  addedAt: Date
  matchedId: string | null
  matchedName: string | null
}

const guests = (tx: Tx, sessionId: string) =>
  tx
    .selectFrom('session_guests')
    .leftJoin('people', (join) =>
      join
        .onRef('people.institution_id', '=', 'session_guests.institution_id')
        .onRef('people.id', '=', 'session_guests.matched_id'),
    )
    .select([
      'session_guests.id',
      'session_guests.session_id',
      'session_guests.full_name',
      'session_guests.note',
      'session_guests.added_at',
      'session_guests.matched_id',
      'people.full_name as matched_name',
    ])
    .where('session_guests.session_id', '=', sessionId)

type Row = Awaited<ReturnType<ReturnType<typeof guests>['executeTakeFirstOrThrow']>>

const toGuest = (row: Row): GuestRow => ({
  id: row.id,
  sessionId: row.session_id,
  fullName: row.full_name,
  note: row.note,
  addedAt: row.added_at,
  matchedId: row.matched_id,
  matchedName: row.matched_name,
})

/** The guests of a session, in the order they were added. */
export async function listGuests(tx: Tx, sessionId: string): Promise<GuestRow[]> {
  const rows = await guests(tx, sessionId).orderBy('session_guests.added_at').orderBy('session_guests.id').execute()
  return rows.map(toGuest)
}

export async function findGuest(tx: Tx, sessionId: string, guestId: string): Promise<GuestRow | null> {
  const row = await guests(tx, sessionId).where('session_guests.id', '=', guestId).executeTakeFirst()
  return row ? toGuest(row) : null
}

export async function insertGuest(
  tx: Tx,
  guest: {
    institutionId: string
    id: string
    sessionId: string
    fullName: string
    note: string | null
    at: Date
    by: string
  },
): Promise<void> {
  await tx
    .insertInto('session_guests')
    .values({
      institution_id: guest.institutionId,
      id: guest.id,
      session_id: guest.sessionId,
      full_name: guest.fullName,
      note: guest.note,
      added_at: guest.at,
      added_by: guest.by,
    })
    .execute()
}

export async function deleteGuest(tx: Tx, guestId: string): Promise<void> {
  await tx.deleteFrom('session_guests').where('id', '=', guestId).execute()
}

export async function setGuestMatched(
  tx: Tx,
  { guestId, personId, by, at }: { guestId: string; personId: string; by: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('session_guests')
    .set({ matched_id: personId, matched_at: at, matched_by: by })
    .where('id', '=', guestId)
    .execute()
}

/** An active or invited student by roll number, in whatever case. */
export async function findStudentByRollNo(
  tx: Tx,
  rollNo: string,
): Promise<{ personId: string; fullName: string } | null> {
  const row = await tx
    .selectFrom('people')
    .innerJoin('person_roles', (join) =>
      join
        .onRef('person_roles.institution_id', '=', 'people.institution_id')
        .onRef('person_roles.person_id', '=', 'people.id'),
    )
    .select(['people.id', 'people.full_name'])
    .where('person_roles.role', '=', 'student')
    .where('people.status', '!=', 'disabled')
    .where((where) => where(where.fn('lower', ['people.roll_no']), '=', where.fn<string>('lower', [where.val(rollNo)])))
    .executeTakeFirst()
  return row ? { personId: row.id, fullName: row.full_name } : null
}
