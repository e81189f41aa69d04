import { randomUUID } from 'node:crypto'
import type { FaceConflict, Tile } from '@app/contract'
import { cosine } from '@app/domain'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Keyring } from '../../platform/crypto/keyring.ts'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { appendSessionEvent } from '../../platform/live/session-events.ts'
import { openDataVault } from '../institutions/index.ts'
import {
  findMark,
  listFacesOfOthers,
  listTiles,
  markValue,
  type NamedMark,
  putSessionFace,
  type Session,
} from '../sessions/index.ts'
import { lockChangeableSession } from './changeable.ts'
import { changeMark, keptValue, toMark } from './decide-mark.ts'
import {
  areTwins,
  findConflict,
  insertConflict,
  insertTwins,
  listHeldConflicts,
  type Pair,
  setConflictDecided,
  setHeld,
} from './face-conflicts.store.ts'
import type { MarkingDeps } from './mark-by-hand.ts'

/** The face an upload showed: a unit vector of one model. */
export type ShownFace = { personId: string; model: string; probe: Float32Array; minSimilarity: number; at: Date }

const pairOf = (a: string, b: string): Pair => (a < b ? { firstId: a, secondId: b } : { firstId: b, secondId: a })

/** Bound to the person and the session: what is sealed here opens nowhere else. */
const contextOf = (sessionId: string, personId: string) => `${sessionId} ${personId}`

/**
 * Compares a face that was just marked with those marked before in the same locked session, and keeps it for those
 * that come. Where one face was marked for two students who are not known as twins, both marks are held.
 */
export async function noteFace(tx: Tx, keyring: Keyring, session: Session, face: ShownFace): Promise<void> {
  const { institutionId, id: sessionId } = session
  const { personId, model, probe, minSimilarity, at } = face
  const vault = await openDataVault(tx, keyring, institutionId)
  const others = await listFacesOfOthers(tx, { sessionId, personId, model })
  const same = others.filter((other) => {
    const bytes = vault.unseal(other.keyVersion, other.sealed, contextOf(sessionId, other.personId))
    return cosine(probe, new Float32Array(new Uint8Array(bytes).buffer)) >= minSimilarity
  })
  const bytes = Buffer.from(probe.buffer, probe.byteOffset, probe.byteLength)
  const sealed = vault.seal(bytes, contextOf(sessionId, personId))
  await putSessionFace(tx, { institutionId, sessionId, personId, model, at, ...sealed })
  for (const other of same) await holdPair(tx, session, pairOf(personId, other.personId), at)
}

async function holdPair(tx: Tx, session: Session, pair: Pair, at: Date): Promise<void> {
  const { institutionId, id: sessionId } = session
  if (await areTwins(tx, pair)) return
  if (!(await insertConflict(tx, { institutionId, id: randomUUID(), sessionId, ...pair, at }))) return
  for (const studentId of [pair.firstId, pair.secondId]) {
    const mark = await findMark(tx, sessionId, studentId)
    // What a teacher has decided by hand stands.
    if (mark?.method === 'face') await hold(tx, session, mark, { heldAt: at, actorId: null, at })
  }
  await appendSessionEvent(tx, { institutionId, sessionId }, { kind: 'reload' }, at)
}

type Holding = { heldAt: Date | null; actorId: string | null; at: Date }

async function hold(tx: Tx, session: Session, mark: NamedMark, { heldAt, actorId, at }: Holding): Promise<void> {
  const { institutionId, id: sessionId } = session
  const { studentId, markedByName: _, ownStatusName: __, version: ___, ...rest } = mark
  await setHeld(tx, { sessionId, studentId, heldAt })
  await appendAudit(tx, {
    institutionId,
    at,
    actorId,
    action: heldAt === null ? 'record-released' : 'record-held',
    subjectId: studentId,
    sessionId,
    oldValue: keptValue(mark),
    newValue: markValue({ ...rest, studentId, heldAt }),
    reason: null,
  })
}

export async function viewConflicts(tx: Tx, sessionId: string): Promise<FaceConflict[]> {
  return (await listHeldConflicts(tx, sessionId)).map(({ id, firstId, secondId, at }) => ({
    id,
    students: [firstId, secondId],
    at: at.toISOString(),
  }))
}

type Deciding = {
  actor: Actor
  sessionId: string
  conflictId: string
  present: readonly string[]
  areTwins: boolean
  reason: string
}

/**
 * The teacher says who of the two is there: their marks stand, the other's is absent by hand. Twins are kept in mind.
 * @throws Failure `not-found`, `already-done`, `marks-locked`, `bad-input` when somebody else is named
 */
export async function decideFaceConflict({ db, now }: MarkingDeps, input: Deciding): Promise<Tile[]> {
  const { actor, sessionId, conflictId, present } = input
  return db.inInstitution(actor.institutionId, async (tx) => {
    const session = await lockChangeableSession(tx, actor, sessionId, now())
    const at = now()
    const conflict = await findConflict(tx, sessionId, conflictId)
    if (!conflict) throw new Failure('not-found')
    if (conflict.isDecided) throw new Failure('already-done')
    const ids = [conflict.firstId, conflict.secondId]
    if (present.some((id) => !ids.includes(id)) || (input.areTwins && present.length < 2))
      throw new Failure('bad-input', { fields: [{ path: 'body.present', message: 'one or both of the two' }] })
    for (const studentId of ids)
      await settleHeld(tx, session, { studentId, isPresent: present.includes(studentId), input, at })
    const { institutionId, personId: by } = actor
    await setConflictDecided(tx, { id: conflictId, by, at, decision: decisionOf(conflict, present) })
    if (input.areTwins)
      await declareTwins(tx, { institutionId, by, at, ...pairOf(conflict.firstId, conflict.secondId) })
    await appendSessionEvent(tx, { institutionId, sessionId }, { kind: 'reload' }, at)
    return (await listTiles(tx, session, at)).filter(({ studentId }) => ids.includes(studentId))
  })
}

function decisionOf({ firstId, secondId }: Pair, present: readonly string[]) {
  const [first, second] = [firstId, secondId].map((id) => present.includes(id))
  if (first && second) return 'both'
  if (first) return 'first'
  return second ? 'second' : 'neither'
}

type Settling = { studentId: string; isPresent: boolean; input: Deciding; at: Date }

/** A mark that somebody has changed by hand since is no longer held, and stays as it is. */
async function settleHeld(tx: Tx, session: Session, { studentId, isPresent, input, at }: Settling): Promise<void> {
  const before = await findMark(tx, session.id, studentId)
  if (!before || before.heldAt === null) return
  const actorId = input.actor.personId
  if (isPresent) return hold(tx, session, before, { heldAt: null, actorId, at })
  const decision = { status: 'absent', ownStatusId: null, reason: input.reason, note: '' } as const
  const mark = toMark(decision, { studentId, by: actorId, at })
  await changeMark(tx, session, { before, mark, actorId, at })
}

async function declareTwins(
  tx: Tx,
  { by, at, ...pair }: Pair & { institutionId: string; by: string; at: Date },
): Promise<void> {
  await insertTwins(tx, { ...pair, by, at })
  await appendAudit(tx, {
    institutionId: pair.institutionId,
    at,
    actorId: by,
    action: 'twins-declared',
    subjectId: pair.firstId,
    sessionId: null,
    oldValue: null,
    newValue: { secondId: pair.secondId },
    reason: null,
  })
}
