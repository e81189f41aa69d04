import { randomUUID } from 'node:crypto'
import { cosine } from '@app/domain'
import type { Keyring } from '../../platform/crypto/keyring.ts'
import type { Tx } from '../../platform/db/open.ts'
import { type DataVault, openDataVault } from '../institutions/index.ts'
import { findTemplate, listTemplates, listTemplatesOfOthers, type SealedTemplate } from './templates.store.ts'

type In = { keyring: Keyring; institutionId: string }

const toBytes = (probe: Float32Array) => Buffer.from(probe.buffer, probe.byteOffset, probe.byteLength)

/** A copy, because a Float32Array must begin at a multiple of four bytes. */
const toVector = (bytes: Buffer) => new Float32Array(new Uint8Array(bytes).buffer)

/** Bound to the person: a sealed template that is moved to another row does not open. */
const openTemplate = (vault: DataVault, { keyVersion, sealed, personId }: SealedTemplate) =>
  toVector(vault.unseal(keyVersion, sealed, personId))

/** The unit vector a person is enrolled with under `model`; null when they are not. */
export async function findFace(
  tx: Tx,
  { keyring, institutionId }: In,
  { personId, model }: { personId: string; model: string },
): Promise<Float32Array | null> {
  const template = await findTemplate(tx, personId, model)
  return template && openTemplate(await openDataVault(tx, keyring, institutionId), template)
}

/** Seals the mean vector of an enrolment for one person. */
export async function sealFace(
  tx: Tx,
  { keyring, institutionId }: In,
  face: { personId: string; model: string; probe: Float32Array },
): Promise<SealedTemplate & { id: string }> {
  const vault = await openDataVault(tx, keyring, institutionId)
  const { personId, model } = face
  return { id: randomUUID(), personId, model, ...vault.seal(toBytes(face.probe), personId) }
}

/** A face and whose it is. */
export type KnownFace = { personId: string; probe: Float32Array }

/** Everybody who is enrolled under `model`, opened once: for comparing many faces with all of them. */
export async function openGallery(tx: Tx, { keyring, institutionId }: In, model: string): Promise<KnownFace[]> {
  const vault = await openDataVault(tx, keyring, institutionId)
  return (await listTemplates(tx, model)).map((each) => ({ personId: each.personId, probe: openTemplate(vault, each) }))
}

/** Opens one sealed face of a person. */
export async function openFace(tx: Tx, { keyring, institutionId }: In, sealed: SealedTemplate): Promise<Float32Array> {
  return openTemplate(await openDataVault(tx, keyring, institutionId), sealed)
}

/** Who else is enrolled with this face: the most alike from `minSimilarity` on; null when nobody is. */
export async function findLookalike(
  tx: Tx,
  { keyring, institutionId }: In,
  face: { personId: string; model: string; probe: Float32Array; minSimilarity: number },
): Promise<string | null> {
  const others = await listTemplatesOfOthers(tx, face.personId, face.model)
  const vault = await openDataVault(tx, keyring, institutionId)
  let lookalike: string | null = null
  let highest = face.minSimilarity
  for (const other of others) {
    const similarity = cosine(face.probe, openTemplate(vault, other))
    if (similarity < highest) continue
    highest = similarity
    lookalike = other.personId
  }
  return lookalike
}
