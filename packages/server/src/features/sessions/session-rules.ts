import { demandsOf, findPolicyProblem, methodsThatReach, type Policy } from '@app/domain'
import { Failure } from '../../platform/failure.ts'
import type { SessionRules } from './sessions.store.ts'

/**
 * What a session that starts now asks, whatever is decided later: of the methods that are wanted those that the policy
 * allows and that can reach what it demands.
 * @throws Failure `method-not-allowed-here` when the policy leaves none of them, `face-needed` when what it demands does,
 *   or the problem of a policy that contradicts itself
 */
export function rulesOf(policy: Policy, wanted: readonly SessionRules['methods'][number][]): SessionRules {
  const problem = findPolicyProblem(policy)
  if (problem !== null) throw new Failure(problem)
  const demands = demandsOf(policy)
  const allowed = policy.methods.filter((method) => wanted.includes(method))
  if (allowed.length === 0) throw new Failure('method-not-allowed-here')
  const methods = methodsThatReach(allowed, demands)
  if (methods.length === 0) throw new Failure('face-needed')
  return { ...demands, methods, codeSeconds: policy.codeSeconds }
}

/** The same for a session that opens by itself: null where there is a problem, which whoever starts it by hand is told. */
export function findRules(policy: Policy, wanted: Parameters<typeof rulesOf>[1]): SessionRules | null {
  try {
    return rulesOf(policy, wanted)
  } catch (failure) {
    if (failure instanceof Failure) return null
    throw failure
  }
}
