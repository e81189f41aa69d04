import { randomUUID } from 'node:crypto'
import type { EnrolmentView } from '@app/contract'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import type { FaceModel } from '../../platform/vision.ts'
import { endConsent, findConsent, insertConsent, lockEnrolments, setMayEnrolAgain } from './enrolment.store.ts'
import { viewEnrolment } from './face-state.ts'
import { withdrawHolds } from './holds.store.ts'
import { NOTICE_VERSION } from './notice.ts'
import { deleteTemplates } from './templates.store.ts'

export type ConsentDeps = { db: Database; faceModel: FaceModel; now: () => Date }

/** One's own consent and enrolment. */
export function getEnrolment({ db, faceModel }: ConsentDeps, { actor }: { actor: Actor }): Promise<EnrolmentView> {
  return db.inInstitution(actor.institutionId, (tx) => viewEnrolment(tx, actor.personId, faceModel.name))
}

/** Agrees to the notice as it is now; agreeing twice is agreeing once. */
export async function giveConsent(
  { db, faceModel, now }: ConsentDeps,
  { actor, version }: { actor: Actor; version: string },
): Promise<EnrolmentView> {
  if (version !== NOTICE_VERSION) throw new Failure('consent-outdated')
  return db.inInstitution(actor.institutionId, async (tx) => {
    const at = now()
    const { institutionId, personId } = actor
    const earlier = await findConsent(tx, personId)
    if (earlier !== null && earlier.version !== version) await endConsent(tx, personId, at)
    if (await insertConsent(tx, { institutionId, id: randomUUID(), personId, version, at }))
      await audit(tx, actor, at, 'consent-given', earlier && { version: earlier.version }, { version })
    return viewEnrolment(tx, personId, faceModel.name)
  })
}

/** Takes consent back: what is stored of the face is deleted in the same moment. Marks stay. */
export function withdrawConsent(
  { db, faceModel, now }: ConsentDeps,
  { actor }: { actor: Actor },
): Promise<EnrolmentView> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    const at = now()
    const { personId } = actor
    await lockEnrolments(tx)
    const earlier = await findConsent(tx, personId)
    const deletedTemplates = await deleteTemplates(tx, personId)
    const withdrawnHolds = await withdrawHolds(tx, personId, at)
    await setMayEnrolAgain(tx, personId, false)
    if (await endConsent(tx, personId, at))
      await audit(tx, actor, at, 'consent-withdrawn', earlier && { version: earlier.version }, {
        deletedTemplates,
        withdrawnHolds,
      })
    return viewEnrolment(tx, personId, faceModel.name)
  })
}

function audit(
  tx: Tx,
  { institutionId, personId }: Actor,
  at: Date,
  action: string,
  oldValue: Record<string, unknown> | null,
  newValue: Record<string, unknown>,
): Promise<void> {
  const entry = { institutionId, at, actorId: personId, subjectId: personId, sessionId: null, reason: null }
  return appendAudit(tx, { ...entry, action, oldValue, newValue })
}
