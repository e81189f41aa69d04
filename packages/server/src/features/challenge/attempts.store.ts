import type { Action, FaceRefusal, Light } from '@app/domain'
import type { NotNull } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

/** Why a try was refused, as the teacher may know it. */
export type Because = FaceRefusal['because']

export type Attempt = {
  institutionId: string
  id: string
  challengeId: string
  personId: string
  /** Null for an enrolment. */
  sessionId: string | null
  at: Date
  outcome: 'accepted' | 'held' | 'refused'
  because: Because | null
  /** For `action-missing`. */
  action: Action | null
  cameraLabel: string
  deviceKind: 'phone' | 'tablet' | 'computer' | 'unknown'
  light: Light
}

export async function insertAttempt(tx: Tx, attempt: Attempt): Promise<void> {
  await tx
    .insertInto('attempts')
    .values({
      institution_id: attempt.institutionId,
      id: attempt.id,
      challenge_id: attempt.challengeId,
      person_id: attempt.personId,
      session_id: attempt.sessionId,
      at: attempt.at,
      outcome: attempt.outcome,
      because: attempt.because,
      action: attempt.action,
      camera_label: attempt.cameraLabel,
      device_kind: attempt.deviceKind,
      light: attempt.light,
    })
    .execute()
}

/** How often a person was refused and when last; `sessionId` null asks about enrolments. */
export async function countRefusals(
  tx: Tx,
  asked: { personId: string; sessionId: string | null; since: Date },
): Promise<{ count: number; lastAt: Date | null }> {
  const row = await tx
    .selectFrom('attempts')
    .select((select) => [select.fn.countAll<string>().as('count'), select.fn.max('at').as('last_at')])
    .where('session_id', asked.sessionId === null ? 'is' : '=', asked.sessionId)
    .where('person_id', '=', asked.personId)
    .where('outcome', '=', 'refused')
    .where('at', '>=', asked.since)
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), lastAt: row.last_at }
}

/** When this person last enrolled or was held; null when never. */
export async function findLastEnrolmentEnd(tx: Tx, personId: string): Promise<Date | null> {
  const row = await tx
    .selectFrom('attempts')
    .select((select) => select.fn.max('at').as('last_at'))
    .where('session_id', 'is', null)
    .where('person_id', '=', personId)
    .where('outcome', '!=', 'refused')
    .executeTakeFirst()
  return row?.last_at ?? null
}

export type SessionRefusals = {
  personId: string
  count: number
  lastBecause: Because
  lastAction: Action | null
  lastAt: Date
}

/** The refusals of a session by student: of one, or of all when `studentId` is null. */
export async function listSessionRefusals(
  tx: Tx,
  sessionId: string,
  studentId: string | null,
): Promise<SessionRefusals[]> {
  let refused = tx
    .selectFrom('attempts')
    .select(['person_id', 'because', 'action', 'at'])
    .where('session_id', '=', sessionId)
    .where('outcome', '=', 'refused')
    .where('because', 'is not', null)
    .$narrowType<{ because: NotNull }>()
  if (studentId !== null) refused = refused.where('person_id', '=', studentId)
  const rows = await refused.orderBy('at').execute()
  const byPerson = new Map<string, SessionRefusals>()
  for (const row of rows)
    byPerson.set(row.person_id, {
      personId: row.person_id,
      count: (byPerson.get(row.person_id)?.count ?? 0) + 1,
      lastBecause: row.because,
      lastAction: row.action,
      lastAt: row.at,
    })
  return [...byPerson.values()]
}
