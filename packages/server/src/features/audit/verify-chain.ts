import { leafBytes, linkBytes } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'
import {
  findHead,
  findUnlinkedRowId,
  type LinkedRow,
  listChainedInstitutions,
  listLinksAfter,
} from './audit-rows.store.ts'
import { canonicalRow } from './canonical-row.ts'
import { sha256 } from './sha256.ts'

/** What the first broken place of a chain shows. */
export type BreakKind =
  /** The row is not the one that was linked. */
  | 'row-changed'
  | 'row-missing'
  /** A number is left out. */
  | 'link-missing'
  /** The link does not follow from the one before it: one of the two was changed. */
  | 'link-changed'
  /** The log has a row that was never linked, or whose link is gone. */
  | 'row-unlinked'
  /** The head counts more links than there are. */
  | 'tail-cut'
  | 'head-missing'
  /** The head is not the last link's. */
  | 'head-changed'

export type ChainBreak = { kind: BreakKind; seq: number | null; auditId: string | null }
export type ChainVerdict = {
  institution: { id: string; name: string }
  /** Links found whole, up to the first break. */
  links: number
  /** Of the last whole link, in hex. */
  head: string
  firstBreak: ChainBreak | null
}
/** A link as an earlier verification, a report or an export printed it. */
export type KnownLink = { seq: number; hash: string }
export type AuditVerdict = { chains: ChainVerdict[]; missingKnown: KnownLink[] }

/** So many rows are held in memory at once. */
const BATCH = 2_000
const GENESIS = Buffer.alloc(32)

/** Computes every institution's chain anew from its rows; `known` links must be part of one. */
export async function verifyAudit(tx: Tx, known: readonly KnownLink[]): Promise<AuditVerdict> {
  const chains: ChainVerdict[] = []
  const found = new Set<KnownLink>()
  for (const institution of await listChainedInstitutions(tx))
    chains.push(
      await verifyChain(tx, institution, ({ seq, hash }) => {
        for (const link of known) if (link.seq === seq && link.hash === hash.toString('hex')) found.add(link)
      }),
    )
  return { chains, missingKnown: known.filter((link) => !found.has(link)) }
}

async function verifyChain(
  tx: Tx,
  institution: { id: string; name: string },
  onWhole: (link: { seq: number; hash: Buffer }) => void,
): Promise<ChainVerdict> {
  const last = { seq: 0, hash: GENESIS }
  const verdict = (firstBreak: ChainBreak | null) => ({
    institution,
    links: last.seq,
    head: last.hash.toString('hex'),
    firstBreak,
  })
  for (;;) {
    const links = await listLinksAfter(tx, { institutionId: institution.id, after: last.seq, limit: BATCH })
    for (const link of links) {
      const found = judgeLink(link, last)
      if (found) return verdict(found)
      Object.assign(last, { seq: link.seq, hash: link.hash })
      onWhole(last)
    }
    if (links.length < BATCH) return verdict(await judgeEnd(tx, institution.id, last))
  }
}

function judgeLink(link: LinkedRow, last: { seq: number; hash: Buffer }): ChainBreak | null {
  const { seq, auditId, row } = link
  if (seq !== last.seq + 1) return { kind: 'link-missing', seq: last.seq + 1, auditId: null }
  if (row === null) return { kind: 'row-missing', seq, auditId }
  if (!sha256(leafBytes(canonicalRow(row))).equals(link.leaf)) return { kind: 'row-changed', seq, auditId }
  if (!sha256(linkBytes(last.hash, link.leaf)).equals(link.hash)) return { kind: 'link-changed', seq, auditId }
  return null
}

async function judgeEnd(
  tx: Tx,
  institutionId: string,
  last: { seq: number; hash: Buffer },
): Promise<ChainBreak | null> {
  const head = await findHead(tx, institutionId)
  if (head === null && last.seq > 0) return { kind: 'head-missing', seq: last.seq, auditId: null }
  if (head !== null && head.seq > last.seq) return { kind: 'tail-cut', seq: last.seq + 1, auditId: null }
  if (head !== null && !(head.seq === last.seq && head.hash.equals(last.hash)))
    return { kind: 'head-changed', seq: last.seq, auditId: null }
  const auditId = await findUnlinkedRowId(tx, institutionId)
  return auditId === null ? null : { kind: 'row-unlinked', seq: null, auditId }
}
