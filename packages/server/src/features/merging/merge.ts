import type { MergePreview } from '@app/contract'
import { inOrder, leavesActions, uniteStays } from '@app/domain'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import { auditChange } from '../../platform/audit/audit-change.ts'
import type { Keyring } from '../../platform/crypto/keyring.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { appendSessionEvent } from '../../platform/live/session-events.ts'
import { lockEnrolments, mergeFaces } from '../enrolment/index.ts'
import { lockClassLists, putStays } from '../roster/index.ts'
import { markValue } from '../sessions/index.ts'
import * as belongings from './belongings.store.ts'
import { endAccount, fillDetails, lockPeople, lockSessionsOf } from './people-to-merge.store.ts'
import { PERSON_COLUMNS } from './person-columns.ts'
import { type MergePlan, planMerge, viewPlan } from './plan-merge.ts'
import { deleteRecords, moveRecords } from './records-to-merge.store.ts'

export type MergeDeps = { db: Database; keyring: Keyring; now: () => Date }

/** What merging `personId` into `into` would do; changes nothing. */
export function previewMerge(
  { db }: MergeDeps,
  { actor, personId, into }: { actor: Actor; personId: string; into: string },
): Promise<MergePreview> {
  requireRole(actor, 'admin')
  return db.inInstitution(actor.institutionId, async (tx) =>
    viewPlan(await planMerge(tx, { keptId: into, mergedId: personId })),
  )
}

export type Merge = {
  actor: Actor
  personId: string
  into: string
  keepFace: 'kept' | 'merged' | null
  reason: string
}

/** What one transaction goes through with. */
type Run = belongings.Two & { actor: Actor; plan: MergePlan; at: Date }

/**
 * Makes two students who are one into one: everything of `personId` is then `into`'s, and that account ends.
 * Locks class lists, then sessions, then enrolments, then people, in the order in which everybody does.
 * @throws Failure `bad-input`, `not-found`, `already-done`, `not-students-only`, `faces-differ`
 */
export function mergeStudents({ db, keyring, now }: MergeDeps, input: Merge): Promise<void> {
  requireRole(input.actor, 'admin')
  const { actor, personId: mergedId, into: keptId, keepFace, reason } = input
  const { institutionId } = actor
  const two = { keptId, mergedId }
  return db.inInstitution(institutionId, async (tx) => {
    await lockClassLists(tx, institutionId)
    const openSessions = await lockSessionsOf(tx, [keptId, mergedId])
    await lockEnrolments(tx)
    await lockPeople(tx, [keptId, mergedId])
    // Nobody takes a stay away or adds one from here on, and who was just being marked has been.
    const stays = await belongings.lockStaysOfBoth(tx, two)
    const plan = await planMerge(tx, two)
    const face = faceThatStays(plan, keepFace)
    const at = now()
    const run = { ...two, actor, plan, at }
    await mergeStays(tx, run, stays)
    await mergeRecords(tx, run)
    await belongings.mergeConsents(tx, two, { holds: plan.consent, at })
    await mergeFaces(tx, { keyring, institutionId }, { ...two, stays: face, by: actor.personId, at })
    await belongings.mergeGuardianships(tx, two)
    await belongings.mergeCorrections(tx, two, at)
    await mergePairs(tx, two)
    for (const [name, treatment] of Object.entries(PERSON_COLUMNS))
      if (treatment === 'moves') await belongings.moveColumn(tx, name, two)
    await mergeAccounts(tx, run)
    await auditMerge(tx, run, { reason, face })
    for (const sessionId of openSessions)
      await appendSessionEvent(tx, { institutionId, sessionId }, { kind: 'reload' }, at)
  })
}

function faceThatStays({ face }: MergePlan, keepFace: Merge['keepFace']): 'kept' | 'merged' | 'neither' {
  if (face === 'none' || face === 'deleted') return 'neither'
  if (face === 'of-kept') return 'kept'
  if (face === 'of-merged') return 'merged'
  if (keepFace === null) throw new Failure('faces-differ')
  return keepFace
}

async function mergeStays(
  tx: Tx,
  { keptId, mergedId, actor }: Run,
  stays: readonly belongings.StayOfTwo[],
): Promise<void> {
  await belongings.deleteStays(tx, mergedId)
  const classIds = new Set(stays.flatMap(({ personId, classId }) => (personId === mergedId ? [classId] : [])))
  for (const classId of classIds) {
    const united = uniteStays(stays.filter((stay) => stay.classId === classId))
    await putStays(tx, { institutionId: actor.institutionId, classId, personId: keptId }, united)
  }
}

async function mergeRecords(tx: Tx, { keptId, mergedId, actor, plan, at }: Run): Promise<void> {
  const losing = (stays: 'kept' | 'merged') =>
    plan.double.filter((each) => each.stays !== stays).map(({ kept }) => kept.sessionId)
  await deleteRecords(tx, keptId, losing('kept'))
  await deleteRecords(tx, mergedId, losing('merged'))
  await moveRecords(tx, { keptId, mergedId })
  const line = {
    institutionId: actor.institutionId,
    at,
    actorId: actor.personId,
    action: 'record-merged',
    subjectId: keptId,
    reason: null,
  }
  await appendAudit(tx, [
    ...plan.single.map(({ sessionId, mark }) => ({ ...line, sessionId, oldValue: null, newValue: markValue(mark) })),
    ...plan.double.map(({ kept, merged, stays }) => ({
      ...line,
      sessionId: kept.sessionId,
      oldValue: markValue((stays === 'kept' ? merged : kept).mark),
      newValue: markValue((stays === 'kept' ? kept : merged).mark),
    })),
  ])
}

/** What was said of the one and somebody else is said of the other; what was said of the two of them means nothing. */
async function mergePairs(tx: Tx, two: belongings.Two): Promise<void> {
  const { keptId, mergedId } = two
  await belongings.deleteSessionFaces(tx, mergedId)
  const renamed = ({ firstId, secondId }: { firstId: string; secondId: string }) => {
    const other = firstId === mergedId ? secondId : firstId
    if (other === keptId) return null
    const [first, second] = inOrder(keptId, other)
    return { firstId: first, secondId: second }
  }
  for (const pair of await belongings.findTwins(tx, mergedId)) await belongings.replaceTwins(tx, pair, renamed(pair))
  for (const conflict of await belongings.findConflicts(tx, mergedId)) {
    const pair = renamed(conflict)
    if (pair === null || (await belongings.isKnownConflict(tx, { ...conflict, ...pair })))
      await belongings.dropConflict(tx, conflict.id)
    else await belongings.setConflict(tx, { ...conflict, ...pair, decision: decisionOf(conflict, pair, two) })
    if (!(await belongings.hasOpenConflict(tx, conflict.sessionId, keptId)))
      await belongings.setUnheld(tx, { sessionId: conflict.sessionId, studentId: keptId })
  }
}

/** The decision as it reads of the new pair: whom it named may stand in the other place now. */
function decisionOf(
  { firstId, secondId, decision }: belongings.Conflict,
  pair: { firstId: string },
  { keptId, mergedId }: belongings.Two,
): belongings.Conflict['decision'] {
  if (decision !== 'first' && decision !== 'second') return decision
  const named = decision === 'first' ? firstId : secondId
  return (named === mergedId ? keptId : named) === pair.firstId ? 'first' : 'second'
}

async function mergeAccounts(tx: Tx, { keptId, mergedId, plan, at }: Run): Promise<void> {
  const { kept, merged, filled } = plan
  const together = [...new Set([...kept.cannotDo, ...merged.cannotDo])]
  await endAccount(tx, { mergedId, keptId, at })
  await fillDetails(
    tx,
    { mergedId, keptId },
    {
      ...filled,
      cannotDo: leavesActions(together) ? together : kept.cannotDo,
      enrolledOnce: kept.enrolledOnce || merged.enrolledOnce,
    },
  )
}

async function auditMerge(
  tx: Tx,
  { keptId, mergedId, actor, plan, at }: Run,
  { reason, face }: { reason: string; face: string },
): Promise<void> {
  const newValue = {
    mergedId,
    stays: plan.stays,
    records: plan.single.length,
    doubleRecords: plan.double.length,
    face,
    filled: Object.keys(plan.filled),
  }
  await auditChange(tx, actor, { at, action: 'students-merged', subjectId: keptId, oldValue: null, newValue, reason })
  await auditChange(tx, actor, {
    at,
    action: 'student-merged-away',
    subjectId: mergedId,
    oldValue: { status: plan.merged.status },
    newValue: { status: 'disabled', mergedInto: keptId },
    reason,
  })
}
