import type { EnrolmentView } from '@app/contract'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { getInstitution } from '../institutions/index.ts'
import { type FaceFacts, findConsent, findFaceFacts } from './enrolment.store.ts'
import { NOTICE_VERSION } from './notice.ts'

export type FaceState = EnrolmentView['face']

/** A template of another model cannot be compared with: whoever has one may enrol anew without asking. */
function faceStateOf({ enrolledAt, isOfOtherModel, isHeld, mayEnrolAgain, enrolledOnce }: FaceFacts): FaceState {
  if (isHeld) return 'held'
  if (isOfOtherModel) return 'may-enrol-again'
  if (enrolledAt === null && !enrolledOnce) return 'none'
  if (enrolledAt === null) return mayEnrolAgain ? 'may-enrol-again' : 'needs-approval'
  return mayEnrolAgain ? 'may-enrol-again' : 'enrolled'
}

/** @throws Failure `not-found` */
export async function getFaceFacts(tx: Tx, personId: string, model: string): Promise<FaceFacts> {
  const facts = await findFaceFacts(tx, personId, model)
  if (!facts) throw new Failure('not-found')
  return facts
}

/** Whether a face may be read at all, and how it stands with the enrolment. */
export async function findFaceStanding(
  tx: Tx,
  personId: string,
  model: string,
): Promise<{ hasConsent: boolean; isEnrolled: boolean } & Pick<EnrolmentView, 'face' | 'againBecause'>> {
  const facts = await getFaceFacts(tx, personId, model)
  const consent = await findConsent(tx, personId)
  return {
    hasConsent: consent !== null,
    isEnrolled: facts.enrolledAt !== null,
    face: faceStateOf(facts),
    againBecause: againBecause(facts),
  }
}

/**
 * What enrolling needs, now.
 * @throws Failure `consent-needed` also for an agreement to an earlier notice, `enrolment-held`, `enrolled-already`
 */
export async function requireMayEnrol(tx: Tx, personId: string, model: string): Promise<void> {
  const consent = await findConsent(tx, personId)
  if (consent?.version !== NOTICE_VERSION) throw new Failure('consent-needed')
  const facts = await getFaceFacts(tx, personId, model)
  const face = faceStateOf(facts)
  if (face === 'held') throw new Failure('enrolment-held')
  // A live challenge is worth more than the photo it replaces.
  if (facts.isUnverified) return
  if (face === 'enrolled') throw new Failure('enrolled-already')
  if (face === 'needs-approval') throw new Failure('enrolment-needs-approval')
}

function againBecause(facts: FaceFacts): EnrolmentView['againBecause'] {
  if (faceStateOf(facts) !== 'may-enrol-again') return null
  return facts.isOfOtherModel ? 'model-changed' : 'allowed'
}

export async function viewEnrolment(tx: Tx, personId: string, model: string): Promise<EnrolmentView> {
  const { policy } = await getInstitution(tx)
  const consent = await findConsent(tx, personId)
  const facts = await getFaceFacts(tx, personId, model)
  return {
    consent: {
      currentVersion: NOTICE_VERSION,
      givenVersion: consent?.version ?? null,
      givenAt: consent?.givenAt.toISOString() ?? null,
      retentionDays: policy.retentionDays,
    },
    face: faceStateOf(facts),
    againBecause: againBecause(facts),
    enrolledAt: facts.enrolledAt?.toISOString() ?? null,
  }
}
