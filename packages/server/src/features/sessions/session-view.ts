import type { SessionView } from '@app/contract'
import { isOpen } from '@app/domain'
import type { Session } from './sessions.store.ts'

/** A session as the wire has it, at the server's `at`. */
export function toSessionView(session: Session, at: Date): SessionView {
  return {
    id: session.id,
    classId: session.classId,
    className: session.className,
    subjectName: session.subjectName,
    opensAt: session.opensAt.toISOString(),
    lateAfter: session.lateAfter.toISOString(),
    closesAt: session.closesAt.toISOString(),
    endedAt: session.endedAt?.toISOString() ?? null,
    isOpen: isOpen(session, at),
    methods: session.methods,
    assurance: session.assurance,
    presence: { proofs: [...session.presence.proofs], needs: session.presence.needs },
  }
}
