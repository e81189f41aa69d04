import type { PositionGiven, PresenceView } from '@app/contract'
import {
  decidePlace,
  decidePresence,
  isOpen,
  type PlaceOutcome,
  type PresenceProof,
  type PresenceVerdict,
  reachesAssurance,
} from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { isWithinNetworks } from '../../platform/http/networks.ts'
import { countTry, type Throttle } from '../../platform/throttle.ts'
import { lockOpenChallenge } from '../challenge/index.ts'
import { getClassPolicy } from '../institutions/index.ts'
import { requireStudentOf } from '../roster/index.ts'
import { getExistingSession, type Session } from '../sessions/index.ts'
import { findCodeUse, listProofs, putProof } from './presence.store.ts'
import { type RoomCodeDeps, requireRoomCode } from './room-code.ts'

/** A position may be given again as it gets better; more often than this is somebody feeling for the fence. */
const SHOWN_OF_STUDENT: Throttle = {
  purpose: 'presence-of-student',
  free: 30,
  firstWaitSeconds: 10,
  longestWaitSeconds: 60,
  forgetAfterSeconds: 60,
}

type Given = { actor: Actor; challengeId: string; code: string | null; position: PositionGiven | null; address: string }

/**
 * Takes what a student shows of being in the room, for the challenge they are about to answer. What the session does not
 * ask for is not looked at. The code counts as in a check-in by code, and once: not again with the next challenge.
 */
export async function showPresence(deps: RoomCodeDeps, given: Given): Promise<PresenceView> {
  const { db, now } = deps
  const { actor, code, position, address } = given
  await countTry(deps, SHOWN_OF_STUDENT, actor.personId, now())
  const { session } = await db.inInstitution(actor.institutionId, (tx) => lockAsking(tx, given, now()))
  const asksFor = (proof: PresenceProof) => session.presence.proofs.includes(proof)
  const counter =
    code !== null && asksFor('room-code')
      ? await requireRoomCode(deps, { session, personId: actor.personId, code, address })
      : null
  return db.inInstitution(actor.institutionId, async (tx) => {
    const at = now()
    const { of } = await lockAsking(tx, given, at)
    if (counter !== null) {
      const usedFor = await findCodeUse(tx, { ...of, counter })
      if (usedFor !== null && usedFor !== of.challengeId) throw new Failure('code-spent')
      await putProof(tx, { ...of, at }, { proof: 'room-code', codeCounter: counter })
    }
    const { geofence } = await getClassPolicy(tx, session.classId)
    if (position !== null && geofence !== null && asksFor('geofence')) {
      const { outcome, distance } = decidePlace(position, geofence)
      await putProof(tx, { ...of, at }, { proof: 'geofence', isProven: outcome === 'inside', place: outcome, distance })
    }
    return viewPresence(session, await findPresence(tx, { session, challengeId: of.challengeId, address }))
  })
}

/** The challenge and its open session, which asks for something. */
async function lockAsking(tx: Tx, { actor, challengeId }: Given, at: Date) {
  const challenge = await lockOpenChallenge(tx, { actor, challengeId, purpose: 'check-in', at })
  if (challenge.sessionId === null) throw new Failure('challenge-unknown')
  const session = await getExistingSession(tx, challenge.sessionId)
  await requireStudentOf(tx, actor, session.classId)
  if (!isOpen(session, at)) throw new Failure('session-closed')
  if (session.presence.proofs.length === 0) throw new Failure('method-not-allowed-here')
  const { institutionId, personId } = actor
  return { session, of: { institutionId, personId, challengeId, sessionId: session.id } }
}

export type Presence = PresenceVerdict & { place: PlaceOutcome | null }

/** What a challenge's student has shown so far; the network is the one this very call comes from. */
export async function findPresence(
  tx: Tx,
  { session, challengeId, address }: { session: Session; challengeId: string; address: string },
): Promise<Presence> {
  const kept = await listProofs(tx, challengeId)
  const shown = new Set<PresenceProof>(kept.filter(({ isProven }) => isProven).map(({ proof }) => proof))
  if (session.presence.proofs.includes('network')) {
    const { networks } = await getClassPolicy(tx, session.classId)
    if (isWithinNetworks(address, networks)) shown.add('network')
  }
  const place = kept.find(({ proof }) => proof === 'geofence')?.place ?? null
  return { ...decidePresence(session.presence, shown), place }
}

export function viewPresence({ presence, assurance }: Session, verdict: Presence): PresenceView {
  const { isProven, proven, missing, place } = verdict
  const isDemanded = !reachesAssurance('B', assurance)
  return { proofs: [...presence.proofs], needs: presence.needs, isDemanded, isProven, proven, missing, place }
}
