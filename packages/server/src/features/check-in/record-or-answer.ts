import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { answerSpotCheck } from '../marks/index.ts'
import {
  findMark,
  findOpenSpotCheck,
  type Mark,
  type OwnDoing,
  recordOwnMark,
  type Session,
} from '../sessions/index.ts'

/** Who is marked comes again only when they are asked to show that they are still there. @throws Failure `already-done` */
export async function requireMayBeMarked(tx: Tx, session: Session, actor: Actor, at: Date): Promise<void> {
  if (!(await findMark(tx, session.id, actor.personId))) return
  if (!(await findOpenSpotCheck(tx, { sessionId: session.id, studentId: actor.personId, at })))
    throw new Failure('already-done')
}

/** What a good face or code does in a locked session: it answers a spot check, or it makes the mark. */
export async function recordOrAnswer(
  tx: Tx,
  session: Session,
  proof: OwnDoing & { actor: Actor; at: Date },
): Promise<Mark> {
  const mark = await findMark(tx, session.id, proof.actor.personId)
  if (mark && (await answerSpotCheck(tx, session, proof))) return mark
  return recordOwnMark(tx, session, proof)
}
