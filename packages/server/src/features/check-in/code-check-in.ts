import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { type RoomCodeDeps, requireRoomCode } from '../presence/index.ts'
import { requireStudentOf } from '../roster/index.ts'
import { getExistingSession, lockSettledSession, NOTHING_SHOWN, requireOpen, requireReach } from '../sessions/index.ts'
import { type Marked, viewMarked } from './marked.ts'
import { recordOrAnswer, requireMayBeMarked } from './record-or-answer.ts'

export type CodeCheckInDeps = RoomCodeDeps

const BY_CODE = { method: 'code', presence: NOTHING_SHOWN } as const

/** Marks the actor by the code on the teacher's screen: good now, for this session, once per student. */
export async function checkInByCode(
  deps: CodeCheckInDeps,
  { actor, sessionId, code, address }: { actor: Actor; sessionId: string; code: string; address: string },
): Promise<Marked> {
  const { db, now } = deps
  const session = await db.inInstitution(actor.institutionId, async (tx) => {
    const found = await getExistingSession(tx, sessionId)
    await requireStudentOf(tx, actor, found.classId)
    requireOpen(found, now())
    requireReach(found, BY_CODE)
    if (!found.methods.includes('code')) throw new Failure('method-not-allowed-here')
    await requireMayBeMarked(tx, found, actor, now())
    return found
  })
  await requireRoomCode(deps, { session, personId: actor.personId, code, address })
  return db.inInstitution(actor.institutionId, async (tx) => {
    const locked = await lockSettledSession(tx, sessionId, now())
    const at = now()
    const mark = await recordOrAnswer(tx, locked, { actor, ...BY_CODE, at })
    return viewMarked(mark, locked, at)
  })
}
