import {
  type ExplainedPolicy,
  explainPolicy,
  mayDecide,
  POLICY_FIELDS,
  type Policy,
  type PolicyField,
  type PolicyLayers,
} from '@app/domain'
import { auditChange } from '../../platform/audit/audit-change.ts'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'

/** What is decided anew and what is inherited again; a field in both is inherited. */
export type PolicyChange = {
  changes: { [Field in PolicyField]?: Policy[Field] | undefined }
  reset: readonly PolicyField[]
}

/** What a place stores after a change. */
export function applyChange(stored: Partial<Policy>, { changes, reset }: PolicyChange): Partial<Policy> {
  const decided = { ...stored, ...changes }
  const fields = POLICY_FIELDS.filter((field) => decided[field] !== undefined && !reset.includes(field))
  return Object.fromEntries(fields.map((field) => [field, decided[field]]))
}

/** Who decides where. */
export type Place = { where: 'institution' | 'class'; isAdmin: boolean; teachersAdjust: boolean }

/** @throws Failure `not-allowed` when one of the fields is not the actor's to decide there */
export function requireMayDecide({ changes, reset }: PolicyChange, place: Place): void {
  const touched = POLICY_FIELDS.filter((field) => field in changes || reset.includes(field))
  if (!touched.every((field) => mayDecide(field, place))) throw new Failure('not-allowed')
}

export type ViewedPolicy = { [Field in PolicyField]: ExplainedPolicy[Field] & { mayChange: boolean } }

/** A policy as its page has it; what no page shows is left out by the route. */
export function viewPolicy(layers: PolicyLayers, place: Place): ViewedPolicy {
  const explained = explainPolicy(layers)
  const viewed = POLICY_FIELDS.map((field) => [field, { ...explained[field], mayChange: mayDecide(field, place) }])
  return Object.fromEntries(viewed) as ViewedPolicy
}

type Changed = { actor: Actor; classId: string | null; before: PolicyLayers; after: PolicyLayers; at: Date }

/** One line with the old and the new value of what changed, and who had decided it; none when nothing did. */
export async function auditPolicyChange(tx: Tx, { actor, classId, before, after, at }: Changed): Promise<void> {
  const [was, is] = [explainPolicy(before), explainPolicy(after)]
  const changed = POLICY_FIELDS.filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]))
  if (changed.length === 0) return
  const kept = (explained: ExplainedPolicy) => ({
    ...Object.fromEntries(changed.map((field) => [field, explained[field].value])),
    decidedBy: Object.fromEntries(changed.map((field) => [field, explained[field].source])),
  })
  const values = { oldValue: kept(was), newValue: kept(is) }
  await auditChange(tx, actor, { at, action: 'policy-changed', subjectId: classId, ...values })
}
