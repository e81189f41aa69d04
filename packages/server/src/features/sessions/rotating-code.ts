import { codeChangesAt, codeCounter, codeFromMac } from '@app/domain'
import type { Keyring } from '../../platform/crypto/keyring.ts'
import type { Database } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { requireTeaches } from '../roster/index.ts'
import { getExistingSession } from './closing.ts'
import type { Session } from './sessions.store.ts'
import { requireOpen } from './standing.ts'

/** The typed form of a session's code number `counter`. It says nothing about any other. */
export function codeOf(keyring: Keyring, session: Session, counter: number): string {
  return codeFromMac(keyring.macOfCode({ institutionId: session.institutionId, sessionId: session.id, counter }))
}

export type RotatingCodeDeps = { db: Database; keyring: Keyring; now: () => Date; publicUrl: string }

/** Whether a session has a code to show: one that marks, or one that shows who is in the room. */
const showsCode = ({ methods, presence }: Session) => methods.includes('code') || presence.proofs.includes('room-code')

/** The code to show now, never one that comes later. */
export async function getRotatingCode(
  { db, keyring, now, publicUrl }: RotatingCodeDeps,
  { actor, sessionId }: { actor: Actor; sessionId: string },
) {
  const at = now()
  const session = await db.inInstitution(actor.institutionId, async (tx) => {
    const found = await getExistingSession(tx, sessionId)
    await requireTeaches(tx, actor, found.classId)
    return found
  })
  requireOpen(session, at)
  if (!showsCode(session)) throw new Failure('method-not-allowed-here')
  const code = codeOf(keyring, session, codeCounter(at, session.codeSeconds))
  return {
    code,
    link: `${publicUrl}/c/${sessionId}/${code}`,
    serverNow: at.toISOString(),
    changesAt: codeChangesAt(at, session.codeSeconds).toISOString(),
    periodMs: session.codeSeconds * 1000,
  }
}
