import { LOW_ATTENDANCE_PER_PAGE, type ReplyOf, type listLowAttendance as route } from '@app/contract'
import { mergePolicy } from '@app/domain'
import { z } from 'zod'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { getInstitution, readStoredPolicy } from '../institutions/index.ts'
import {
  type AttendanceRule,
  findLowAttendance,
  type LowRow,
  listStoredClassPolicies,
  type Place,
} from './low-attendance.store.ts'

/** Who attends less than their class asks, the lowest first. @throws Failure `not-allowed`, `bad-input` for a place that was not handed out */
export async function listLowAttendance(
  { db }: { db: Database },
  { actor, after }: { actor: Actor; after: string | null },
): Promise<ReplyOf<typeof route>> {
  requireRole(actor, 'admin')
  const place = after === null ? null : readPlace(after)
  const found = await db.inInstitution(actor.institutionId, async (tx) =>
    findLowAttendance(tx, { rules: await listRules(tx), after: place, limit: LOW_ATTENDANCE_PER_PAGE + 1 }),
  )
  const shown = found.slice(0, LOW_ATTENDANCE_PER_PAGE)
  const last = shown.at(-1)
  return {
    students: shown.map(toView),
    next: found.length > shown.length && last ? writePlace(last) : null,
    total: found[0]?.total ?? 0,
  }
}

/** What each class asks of its students: where it asks for no percentage, nobody can be below. */
async function listRules(tx: Tx): Promise<AttendanceRule[]> {
  const { policy: institution } = await getInstitution(tx)
  const stored = await listStoredClassPolicies(tx)
  return stored.flatMap(({ classId, policy }) => {
    const { minimumPercentage, lateWeight } = mergePolicy({ institution, ofClass: readStoredPolicy(policy) })
    return minimumPercentage === null
      ? []
      : [{ classId, lateHundredths: Math.round(lateWeight * 100), minimumPercentage }]
  })
}

const toView = ({ tenths, total: _, attended, counted, ...row }: LowRow) => ({
  ...row,
  percentage: tenths / 10,
  presentSessions: attended,
  totalSessions: counted,
})

const Written = z.tuple([z.coerce.number().int().min(0).max(1000), z.uuid(), z.uuid()])

const writePlace = ({ tenths, personId, classId }: Place) => [tenths, personId, classId].join('_')

function readPlace(text: string): Place {
  const written = Written.safeParse(text.split('_'))
  if (!written.success) throw new Failure('bad-input', { fields: [{ path: 'query.after', message: 'no such place' }] })
  const [tenths, personId, classId] = written.data
  return { tenths, personId, classId }
}
