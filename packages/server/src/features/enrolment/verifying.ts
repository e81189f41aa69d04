import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Tx } from '../../platform/db/open.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { setTemplateVerified } from './templates.store.ts'

/** A live check-in has matched: a template that was made of a photo is this person's, as far as any is. */
export async function confirmTemplate(
  tx: Tx,
  { actor, model, sessionId, at }: { actor: Actor; model: string; sessionId: string; at: Date },
): Promise<void> {
  const { institutionId, personId } = actor
  if (!(await setTemplateVerified(tx, personId, model, at))) return
  await appendAudit(tx, {
    institutionId,
    at,
    actorId: personId,
    action: 'face-verified',
    subjectId: personId,
    sessionId,
    oldValue: null,
    newValue: { model },
    reason: null,
  })
}
