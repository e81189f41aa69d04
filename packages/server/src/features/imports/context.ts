import { dayAt, dayOrderOf } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'
import { getInstitution } from '../institutions/index.ts'
import type { Import } from './imports.store.ts'
import type { Context } from './judge-rows.ts'

type By = { personId: string; roles: ReadonlySet<string> }

/** What judging an import depends on, as it is now and for who asks. */
export async function makeContext(
  tx: Tx,
  found: Pick<Import, 'kind' | 'mapping' | 'class'>,
  { by, at }: { by: By; at: Date },
): Promise<Context> {
  const { timeZone } = await getInstitution(tx)
  return {
    mapping: found.kind === 'oneroster' ? null : found.mapping,
    class: found.class,
    by: by.roles.has('admin') ? { kind: 'admin' } : { kind: 'teacher', personId: by.personId },
    timeZone,
    order: dayOrderOf(timeZone),
    today: dayAt(at, timeZone),
  }
}
