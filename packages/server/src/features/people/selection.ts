import { PEOPLE_AT_ONCE, type Selection } from '@app/contract'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { listPeopleIds } from './directory.store.ts'
import { type DirectoryDeps, seek } from './directory.ts'

/** The ids of those who were chosen, each once. @throws Failure `too-many-people` */
export async function idsOf(deps: Pick<DirectoryDeps, 'faceModel' | 'now'>, tx: Tx, who: Selection): Promise<string[]> {
  if ('personIds' in who) return [...new Set(who.personIds)]
  const ids = await listPeopleIds(tx, await seek(deps, tx, who.filter), PEOPLE_AT_ONCE + 1)
  if (ids.length > PEOPLE_AT_ONCE) throw new Failure('too-many-people')
  return ids
}
