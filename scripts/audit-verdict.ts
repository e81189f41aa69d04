import { parseArgs } from 'node:util'
import type { AuditVerdict, ChainBreak, KnownLink } from '../packages/server/src/features/audit/index.ts'

export const VERIFY_HELP = `Usage: npm run audit:verify [-- OPTIONS]

Computes the audit chain of every institution anew and names the first broken link of each.
Reads DATABASE_URL, or the data folder while the server is stopped. Changes nothing.

  --known N:HASH  a link that an earlier verification printed must still be there; may be given several times
  --help          this text

Ends with 0 when every chain is whole, 1 when one is not, 2 when nothing could be verified.
`

type VerifyArguments = { kind: 'verify'; known: KnownLink[] } | { kind: 'help' } | { kind: 'wrong'; message: string }

/** Parses the arguments, or says what is wrong with them in one sentence. */
export function parseVerifyArguments(argv: readonly string[]): VerifyArguments {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { known: { type: 'string', multiple: true }, help: { type: 'boolean', short: 'h', default: false } },
      strict: true,
    })
    if (values.help) return { kind: 'help' }
    const known = (values.known ?? []).map(parseKnown)
    const odd = known.indexOf(null)
    if (odd >= 0)
      return { kind: 'wrong', message: `--known must be N:HASH as it was printed, not "${values.known?.[odd]}".` }
    return { kind: 'verify', known: known.filter((link) => link !== null) }
  } catch (error) {
    // Node's sentence goes on with advice about "--" that is not ours.
    const [sentence] = (error instanceof Error ? error.message : String(error)).split('. ', 1)
    return { kind: 'wrong', message: `${sentence}.` }
  }
}

function parseKnown(text: string): KnownLink | null {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(text) ?? []
  return seq === undefined || hash === undefined ? null : { seq: Number(seq), hash: hash.toLowerCase() }
}

export function isWhole({ chains, missingKnown }: AuditVerdict): boolean {
  return missingKnown.length === 0 && chains.every(({ firstBreak }) => firstBreak === null)
}

/** What was found, as lines to print: each chain's last link, to be kept and given as --known later, then the sum. */
export function describeVerdict(verdict: AuditVerdict): string[] {
  const { chains, missingKnown } = verdict
  const rows = chains.reduce((sum, { links }) => sum + links, 0)
  const count = `${rows} ${rows === 1 ? 'row' : 'rows'}, ${chains.length} ${chains.length === 1 ? 'institution' : 'institutions'}`
  return [
    ...chains.map(({ institution, links, head, firstBreak }) => {
      const name = `${institution.name || 'An institution that is gone'} (${institution.id})`
      return firstBreak ? `${name}: BROKEN ${describeBreak(firstBreak)}` : `${name}: whole, last link ${links}:${head}`
    }),
    ...missingKnown.map(
      ({ seq, hash }) => `MISSING the known link ${seq}:${hash}: the log before it was rewritten or cut.`,
    ),
    isWhole(verdict) ? `${count}, chain whole` : `${count} read, chain BROKEN`,
  ]
}

function describeBreak({ kind, seq, auditId }: ChainBreak): string {
  const at =
    seq === null ? `at audit row ${auditId}` : `at link ${seq}${auditId === null ? '' : `, audit row ${auditId}`}`
  return `${at}: ${WHAT[kind]}`
}

const WHAT: Record<ChainBreak['kind'], string> = {
  'row-changed': 'the row is not the one that was linked.',
  'row-missing': 'the row is gone from the log.',
  'link-missing': 'the link is gone from the chain.',
  'link-changed': 'it does not follow from the link before; one of the two was changed.',
  'row-unlinked': 'the row has no link: it was put in past the chain, or its link was taken out.',
  'tail-cut': 'the chain ends before the number that its head counts; the rows from here on were cut off.',
  'head-missing': 'the chain’s head is gone.',
  'head-changed': 'the head is not the last link’s; it was changed, or links were added past it.',
}
