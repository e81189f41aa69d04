import type { PolicyView } from '@app/contract'
import type { Policy } from '@app/domain'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Database } from '../../platform/db/open.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { lockPolicy, setPolicy } from './institutions.store.ts'
import { getInstitution } from './institutions.ts'
import { readPolicy, readStoredPolicy, storePolicy } from './policy.ts'

export type PolicyDeps = { db: Database; now: () => Date }

/** What the institution has decided, as far as the page shows it. */
export function getPolicy({ db }: PolicyDeps, { actor }: { actor: Actor }): Promise<PolicyView> {
  requireRole(actor, 'admin')
  return db.inInstitution(actor.institutionId, async (tx) => viewPolicy((await getInstitution(tx)).policy))
}

/** Decides it anew. What the page does not show, the injection checks above all, stays as it was. */
export function changePolicy(
  { db, now }: PolicyDeps,
  { actor, policy }: { actor: Actor; policy: PolicyView },
): Promise<PolicyView> {
  requireRole(actor, 'admin')
  return db.inInstitution(actor.institutionId, async (tx) => {
    const stored = await lockPolicy(tx)
    const before = viewPolicy(readPolicy(stored, {}))
    const changed = keysOf(policy).filter((name) => String(policy[name]) !== String(before[name]))
    if (changed.length === 0) return before
    await setPolicy(tx, storePolicy({ ...readStoredPolicy(stored), ...policy }))
    await appendAudit(tx, {
      institutionId: actor.institutionId,
      at: now(),
      actorId: actor.personId,
      action: 'policy-changed',
      subjectId: null,
      sessionId: null,
      oldValue: Object.fromEntries(changed.map((name) => [name, before[name]])),
      newValue: Object.fromEntries(changed.map((name) => [name, policy[name]])),
      reason: null,
    })
    return policy
  })
}

const keysOf = (policy: PolicyView) => Object.keys(policy) as (keyof PolicyView)[]

function viewPolicy({ actions, actionCount, falseMatchRate, minimumPercentage, teacherSignUp }: Policy): PolicyView {
  return { actions: [...actions], actionCount, falseMatchRate, minimumPercentage, teacherSignUp }
}
