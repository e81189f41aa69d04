import type { FlashSettingView } from '@app/contract'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Database } from '../../platform/db/open.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { dropColours } from '../challenge/index.ts'
import { getInstitution } from '../institutions/index.ts'
import { findAvoidsFlashes, lockAvoidsFlashes, setAvoidsFlashes } from './flash-setting.store.ts'

export type FlashSettingDeps = { db: Database; now: () => Date }

/** What a student has decided about colours on the screen. */
export function getFlashSetting({ db }: FlashSettingDeps, { actor }: { actor: Actor }): Promise<FlashSettingView> {
  requireRole(actor, 'student')
  return db.inInstitution(actor.institutionId, async (tx) => {
    const { policy } = await getInstitution(tx)
    return { asked: policy.colourFlash, avoids: await findAvoidsFlashes(tx, actor.personId) }
  })
}

/** A student decides it alone and gives no reason: it may be about their health. */
export function setFlashSetting(
  { db, now }: FlashSettingDeps,
  { actor, avoids }: { actor: Actor; avoids: boolean },
): Promise<FlashSettingView> {
  requireRole(actor, 'student')
  return db.inInstitution(actor.institutionId, async (tx) => {
    const { policy } = await getInstitution(tx)
    const before = await lockAvoidsFlashes(tx, actor.personId)
    if (avoids) await dropColours(tx, actor.personId)
    if (before === avoids) return { asked: policy.colourFlash, avoids }
    await setAvoidsFlashes(tx, actor.personId, avoids)
    await appendAudit(tx, {
      institutionId: actor.institutionId,
      at: now(),
      actorId: actor.personId,
      action: 'flashes-decided',
      subjectId: actor.personId,
      sessionId: null,
      oldValue: { avoids: before },
      newValue: { avoids },
      reason: null,
    })
    return { asked: policy.colourFlash, avoids }
  })
}
