import { type Demands, methodsThatReach } from './assurance.ts'
import type { Policy } from './policy.ts'

/** Why a policy cannot hold together. */
export type PolicyProblem =
  | 'policy-late-after-end'
  | 'policy-network-missing'
  | 'policy-geofence-missing'
  | 'policy-assurance-needs-presence'
  | 'policy-assurance-needs-face'

/** What a session of this policy asks of a student's own check-in. */
export function demandsOf({ assurance, presenceProofs, presenceNeeds }: Policy): Demands {
  return { assurance, presence: { proofs: presenceProofs, needs: presenceNeeds } }
}

/** The first thing in which a whole policy contradicts itself; null when every session of it can be attended. */
export function findPolicyProblem(policy: Policy): PolicyProblem | null {
  if (policy.lateAfterMinutes > policy.sessionMinutes) return 'policy-late-after-end'
  const asksFor = (proof: Policy['presenceProofs'][number]) => policy.presenceProofs.includes(proof)
  if (asksFor('network') && policy.networks.length === 0) return 'policy-network-missing'
  if (asksFor('geofence') && policy.geofence === null) return 'policy-geofence-missing'
  const demands = demandsOf(policy)
  if (methodsThatReach(policy.methods, demands).length > 0) return null
  const isFaceAllowed = policy.methods.includes('face')
  return isFaceAllowed ? 'policy-assurance-needs-presence' : 'policy-assurance-needs-face'
}
