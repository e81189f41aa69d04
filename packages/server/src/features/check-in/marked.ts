import type { MarkedView } from '@app/contract'
import type { z } from 'zod'
import { type Mark, type Session, toSessionView } from '../sessions/index.ts'

export type Marked = z.infer<typeof MarkedView>

export function viewMarked(mark: Mark, session: Session, at: Date): Marked {
  return {
    outcome: 'accepted',
    status: mark.status,
    markedAt: mark.markedAt.toISOString(),
    session: toSessionView(session, at),
  }
}
