import type { SessionView } from '@app/contract'
import { canTake, isOpen, startableAt, stateAt } from '@app/domain'
import type { Session } from './sessions.store.ts'

/** A session as the wire has it, at the server's `at`. */
export function toSessionView(session: Session, at: Date): SessionView {
  const { plan, cancelledAt } = session
  const state = stateAt(session, at)
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
    state,
    planned: plan && { opensAt: plan.opensAt.toISOString(), closesAt: plan.closesAt.toISOString() },
    isFromTimetable: session.slot !== null,
    room: session.room,
    canStart: canTake('start', state) && startableAt(session, at) === 'yes',
    pausedAt: session.pausedAt?.toISOString() ?? null,
    cancelled: cancelledAt && { at: cancelledAt.toISOString(), because: session.cancelledBecause ?? '' },
  }
}
