import { randomUUID } from 'node:crypto'
import type { Guest } from '@app/contract'
import { type AuditEntry, appendAudit } from '../../platform/audit/append-audit.ts'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { appendSessionEvent } from '../../platform/live/session-events.ts'
import { findMark, type Session } from '../sessions/index.ts'
import { lockChangeableSession } from './changeable.ts'
import { changeMark, toMark } from './decide-mark.ts'
import {
  deleteGuest,
  findGuest,
  findStudentByRollNo,
  type GuestRow,
  insertGuest,
  listGuests,
  setGuestMatched,
} from './guests.store.ts'
import type { MarkingDeps } from './mark-by-hand.ts'

type OfSession = { actor: Actor; sessionId: string }

const toView = ({ id, fullName, note, addedAt, matchedId, matchedName }: GuestRow): Guest => ({
  id,
  fullName,
  note,
  addedAt: addedAt.toISOString(),
  matched: matchedId === null ? null : { personId: matchedId, fullName: matchedName ?? '' },
})

export async function viewGuests(tx: Tx, sessionId: string): Promise<Guest[]> {
  return (await listGuests(tx, sessionId)).map(toView)
}

/** Runs `work` in a session that is locked and may be changed, then has the boards read themselves anew. */
function inSession<Result>(
  { db, now }: MarkingDeps,
  { actor, sessionId }: OfSession,
  work: (tx: Tx, session: Session, at: Date) => Promise<Result>,
): Promise<Result> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    const session = await lockChangeableSession(tx, actor, sessionId, now())
    const at = now()
    const result = await work(tx, session, at)
    await appendSessionEvent(tx, { institutionId: actor.institutionId, sessionId }, { kind: 'reload' }, at)
    return result
  })
}

async function getGuest(tx: Tx, sessionId: string, guestId: string): Promise<GuestRow> {
  const guest = await findGuest(tx, sessionId, guestId)
  if (!guest) throw new Failure('not-found')
  return guest
}

const auditOf = (
  { actor, sessionId }: OfSession,
  at: Date,
  what: Pick<AuditEntry, 'action' | 'subjectId' | 'oldValue' | 'newValue'>,
): AuditEntry => ({
  institutionId: actor.institutionId,
  at,
  actorId: actor.personId,
  sessionId,
  reason: null,
  ...what,
})

export function addGuest(deps: MarkingDeps, input: OfSession & { fullName: string; note: string }): Promise<Guest> {
  const { actor, sessionId, fullName } = input
  const note = input.note === '' ? null : input.note
  return inSession(deps, input, async (tx, _, at) => {
    const id = randomUUID()
    await insertGuest(tx, { institutionId: actor.institutionId, id, sessionId, fullName, note, at, by: actor.personId })
    const newValue = { fullName, note }
    await appendAudit(tx, auditOf(input, at, { action: 'guest-added', subjectId: id, oldValue: null, newValue }))
    return toView(await getGuest(tx, sessionId, id))
  })
}

/** @throws Failure `already-done` for one who was matched: their mark is an account's now */
export function removeGuest(deps: MarkingDeps, input: OfSession & { guestId: string }): Promise<void> {
  const { sessionId, guestId } = input
  return inSession(deps, input, async (tx, _, at) => {
    const { fullName, note, matchedId } = await getGuest(tx, sessionId, guestId)
    if (matchedId !== null) throw new Failure('already-done')
    await deleteGuest(tx, guestId)
    const oldValue = { fullName, note }
    await appendAudit(tx, auditOf(input, at, { action: 'guest-removed', subjectId: guestId, oldValue, newValue: null }))
  })
}

/**
 * The guest was this student: marked present by hand in this session, whether or not they are in its class.
 * @throws Failure `no-such-student`, `already-done` when the guest was matched before or the student has a mark of their own
 */
export function matchGuest(deps: MarkingDeps, input: OfSession & { guestId: string; rollNo: string }): Promise<Guest> {
  const { actor, sessionId, guestId, rollNo } = input
  return inSession(deps, input, async (tx, session, at) => {
    const guest = await getGuest(tx, sessionId, guestId)
    const student = await findStudentByRollNo(tx, rollNo)
    if (!student) throw new Failure('no-such-student')
    const before = await findMark(tx, sessionId, student.personId)
    if (guest.matchedId !== null || (before && before.method !== 'closing')) throw new Failure('already-done')
    const decision = { status: 'present', ownStatusId: null, reason: guest.note ?? '', note: '' } as const
    const mark = toMark(decision, { studentId: student.personId, by: actor.personId, at })
    await changeMark(tx, session, { before, mark, actorId: actor.personId, at })
    await setGuestMatched(tx, { guestId, personId: student.personId, by: actor.personId, at })
    const newValue = { personId: student.personId }
    await appendAudit(tx, auditOf(input, at, { action: 'guest-matched', subjectId: guestId, oldValue: null, newValue }))
    return toView(await getGuest(tx, sessionId, guestId))
  })
}
