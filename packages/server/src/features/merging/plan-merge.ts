import type { MergePreview } from '@app/contract'
import { betterFounded, consentThatHolds, type FaceOutcome, faceAfterMerge } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { findFacesOf } from '../enrolment/index.ts'
import { countGuardians, countStays, findConsents, type Two } from './belongings.store.ts'
import { type Details, findPeople, type StudentToMerge } from './people-to-merge.store.ts'
import { findRecords, type RecordToMerge } from './records-to-merge.store.ts'

/** Two marks in one session, and which stays. */
export type DoubleMark = { kept: RecordToMerge; merged: RecordToMerge; stays: 'kept' | 'merged' }

/** What a merge would do. */
export type MergePlan = {
  kept: StudentToMerge
  merged: StudentToMerge
  stays: number
  guardians: number
  /** Marks of the one that goes, where the other has none. */
  single: RecordToMerge[]
  double: DoubleMark[]
  face: FaceOutcome
  holds: number
  consent: string | null
  filled: Partial<Details>
}

/** @throws Failure `bad-input`, `not-found`, `already-done`, `not-students-only` */
export async function planMerge(tx: Tx, two: Two): Promise<MergePlan> {
  const { kept, merged } = await getStudents(tx, two)
  const records = await findRecords(tx, two)
  const ofKept = new Map(
    records.flatMap((each) => (each.mark.studentId === two.keptId ? [[each.sessionId, each]] : [])),
  )
  const ofMerged = records.filter(({ mark }) => mark.studentId === two.mergedId)
  const consent = consentThatHolds(await findConsents(tx, two))
  const { has, holds } = await findFacesOf(tx, two)
  return {
    kept,
    merged,
    stays: await countStays(tx, two.mergedId),
    guardians: await countGuardians(tx, two.mergedId),
    single: ofMerged.filter(({ sessionId }) => !ofKept.has(sessionId)),
    double: ofMerged.flatMap((merged) => {
      const kept = ofKept.get(merged.sessionId)
      return kept ? [{ kept, merged, stays: betterFounded({ kept: kept.mark, merged: merged.mark }) }] : []
    }),
    face: faceAfterMerge(has, consent !== null),
    holds,
    consent,
    filled: detailsToFill(kept, merged),
  }
}

/** Two students who are nothing else and have not gone into anybody yet. */
async function getStudents(tx: Tx, { keptId, mergedId }: Two) {
  if (keptId === mergedId)
    throw new Failure('bad-input', { fields: [{ path: 'body.into', message: 'the same student' }] })
  const people = await findPeople(tx, [keptId, mergedId])
  const kept = people.find(({ personId }) => personId === keptId)
  const merged = people.find(({ personId }) => personId === mergedId)
  if (!kept || !merged) throw new Failure('not-found')
  if (kept.mergedInto !== null || merged.mergedInto !== null) throw new Failure('already-done')
  const isStudentOnly = ({ roles }: StudentToMerge) => roles.length === 1 && roles[0] === 'student'
  if (!isStudentOnly(kept) || !isStudentOnly(merged)) throw new Failure('not-students-only')
  return { kept, merged }
}

const DETAILS = ['rollNo', 'email', 'phone', 'batch', 'department'] as const

function detailsToFill(kept: StudentToMerge, merged: StudentToMerge): Partial<Details> {
  return Object.fromEntries(
    DETAILS.filter((name) => kept[name] === null && merged[name] !== null).map((name) => [name, merged[name]]),
  )
}

export function viewPlan(plan: MergePlan): MergePreview {
  return {
    kept: viewStudent(plan.kept),
    merged: viewStudent(plan.merged),
    stays: plan.stays,
    records: plan.single.length,
    guardians: plan.guardians,
    both: plan.double.map(({ kept, merged, stays }) => ({
      sessionId: kept.sessionId,
      className: kept.className,
      opensAt: kept.opensAt.toISOString(),
      ofKept: viewMark(kept),
      ofMerged: viewMark(merged),
      stays,
    })),
    face: plan.face,
    holds: plan.holds,
    consent: plan.consent !== null,
    filled: DETAILS.filter((name) => name in plan.filled),
  }
}

const viewStudent = ({ personId, rollNo, fullName, email, status }: StudentToMerge): MergePreview['kept'] => ({
  personId,
  rollNo,
  fullName,
  email,
  account: status === 'awaiting-approval' ? 'invited' : status,
})

const viewMark = ({ mark: { status, method, assurance, markedAt } }: RecordToMerge) => ({
  status,
  method,
  assurance,
  markedAt: markedAt.toISOString(),
})
