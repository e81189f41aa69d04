import type { Keyring } from '../../platform/crypto/keyring.ts'
import type { Tx } from '../../platform/db/open.ts'
import { openDataVault } from '../institutions/index.ts'
import { setHoldDecided } from './holds.store.ts'
import { findHoldsToDiscard, findPeopleWithFace, listTemplatesOf, setTemplateOwner } from './merge-faces.store.ts'
import { deleteTemplates } from './templates.store.ts'

type Two = { keptId: string; mergedId: string }

/** What of two people's faces has to be decided when they become one. */
export async function findFacesOf(
  tx: Tx,
  two: Two,
): Promise<{ has: { kept: boolean; merged: boolean }; holds: number }> {
  const { keptId, mergedId } = two
  const faces = await findPeopleWithFace(tx, [keptId, mergedId])
  const holds = await findHoldsToDiscard(tx, two)
  return { has: { kept: faces.has(keptId), merged: faces.has(mergedId) }, holds: holds.length }
}

/**
 * Leaves the one person the templates of `stays`, sealed for them, and deletes all others; a hold that means nothing
 * any more is thrown away. Enrolments are locked already.
 */
export async function mergeFaces(
  tx: Tx,
  { keyring, institutionId }: { keyring: Keyring; institutionId: string },
  { keptId, mergedId, stays, by, at }: Two & { stays: 'kept' | 'merged' | 'neither'; by: string; at: Date },
): Promise<void> {
  if (stays !== 'kept') await deleteTemplates(tx, keptId)
  if (stays !== 'merged') await deleteTemplates(tx, mergedId)
  const vault = await openDataVault(tx, keyring, institutionId)
  for (const { id, keyVersion, sealed } of await listTemplatesOf(tx, mergedId)) {
    const face = vault.unseal(keyVersion, sealed, mergedId)
    await setTemplateOwner(tx, { id, ...vault.seal(face, keptId) }, keptId)
  }
  for (const holdId of await findHoldsToDiscard(tx, { keptId, mergedId }))
    await setHoldDecided(tx, holdId, { decision: 'discard', by, at })
}
