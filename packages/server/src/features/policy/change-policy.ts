import { findPolicyProblem, mergePolicy, type Policy, type PolicyLayers } from '@app/domain'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { lockInstitution, readStoredPolicy, storePolicy } from '../institutions/index.ts'
import { requireManagesClass } from '../roster/index.ts'
import {
  applyChange,
  auditPolicyChange,
  type Place,
  type PolicyChange,
  requireMayDecide,
  type ViewedPolicy,
  viewPolicy,
} from './decide-policy.ts'
import {
  getStoredClassPolicy,
  getStoredPolicy,
  listDecidingClasses,
  setClassPolicy,
  setInstitutionPolicy,
} from './policy.store.ts'

export type PolicyDeps = { db: Database; now: () => Date }

const OF_INSTITUTION: Place = { where: 'institution', isAdmin: true, teachersAdjust: false }

/** What the institution has decided, and what is shipped. */
export function getPolicy({ db }: PolicyDeps, { actor }: { actor: Actor }): Promise<ViewedPolicy> {
  requireRole(actor, 'admin')
  return db.inInstitution(actor.institutionId, async (tx) => viewPolicy(await readLayers(tx, null), OF_INSTITUTION))
}

/** Decides some of it anew. What is on no page, the injection checks above all, stays as it was. */
export function changePolicy(
  { db, now }: PolicyDeps,
  { actor, ...change }: { actor: Actor } & PolicyChange,
): Promise<ViewedPolicy> {
  requireRole(actor, 'admin')
  return db.inInstitution(actor.institutionId, async (tx) => {
    await lockInstitution(tx)
    requireMayDecide(change, OF_INSTITUTION)
    const before = await readLayers(tx, null)
    const after = { ...before, institution: applyChange(before.institution, change) }
    requireSound(after)
    await requireNoClassBroken(tx, after.institution)
    await setInstitutionPolicy(tx, storePolicy(after.institution))
    await auditPolicyChange(tx, { actor, classId: null, before, after, at: now() })
    return viewPolicy(after, OF_INSTITUTION)
  })
}

type OfClass = { actor: Actor; classId: string }

/** What holds in one class, and who decided it. */
export function getPolicyOfClass({ db }: PolicyDeps, { actor, classId }: OfClass): Promise<ViewedPolicy> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    await requireManagesClass(tx, actor, classId)
    const layers = await readLayers(tx, classId)
    return viewPolicy(layers, placeOf(actor, layers))
  })
}

/** Decides some of it otherwise for one class: an admin, or a teacher of it as far as the institution leaves it to them. */
export function changePolicyOfClass(
  { db, now }: PolicyDeps,
  { actor, classId, ...change }: OfClass & PolicyChange,
): Promise<ViewedPolicy> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    await requireManagesClass(tx, actor, classId)
    await lockInstitution(tx)
    const before = await readLayers(tx, classId)
    const place = placeOf(actor, before)
    requireMayDecide(change, place)
    const after = { ...before, ofClass: applyChange(before.ofClass, change) }
    requireSound(after)
    await setClassPolicy(tx, classId, storePolicy(after.ofClass))
    await auditPolicyChange(tx, { actor, classId, before, after, at: now() })
    return viewPolicy(after, place)
  })
}

const placeOf = (actor: Actor, layers: PolicyLayers): Place => ({
  where: 'class',
  isAdmin: actor.roles.has('admin'),
  teachersAdjust: mergePolicy(layers).teachersAdjust,
})

async function readLayers(tx: Tx, classId: string | null): Promise<PolicyLayers> {
  return {
    institution: readStoredPolicy(await getStoredPolicy(tx)),
    ofClass: classId === null ? {} : readStoredPolicy(await getStoredClassPolicy(tx, classId)),
  }
}

/** @throws Failure the problem's own code when the policy contradicts itself */
function requireSound(layers: PolicyLayers): void {
  const problem = findPolicyProblem(mergePolicy(layers))
  if (problem !== null) throw new Failure(problem)
}

/** @throws Failure `policy-breaks-class` with every class whose own decisions would contradict the institution's */
async function requireNoClassBroken(tx: Tx, institution: Partial<Policy>): Promise<void> {
  const classes = (await listDecidingClasses(tx)).flatMap(({ name, policy }) => {
    const problem = findPolicyProblem(mergePolicy({ institution, ofClass: readStoredPolicy(policy) }))
    return problem === null ? [] : [{ name, problem }]
  })
  if (classes.length > 0) throw new Failure('policy-breaks-class', { classes })
}
