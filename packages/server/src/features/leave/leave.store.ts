import type { Tx } from '../../platform/db/open.ts'

/** The students who have leave from a class on a day of its institution, and why. */
export async function listStudentsOnLeave(tx: Tx, classId: string, day: string): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('leave_classes')
    .innerJoin('leave_requests', (join) =>
      join
        .onRef('leave_requests.institution_id', '=', 'leave_classes.institution_id')
        .onRef('leave_requests.id', '=', 'leave_classes.leave_id'),
    )
    .select(['leave_requests.student_id', 'leave_requests.reason'])
    .where('leave_classes.class_id', '=', classId)
    .where('leave_classes.answer', '=', 'granted')
    .where('leave_requests.withdrawn_at', 'is', null)
    .where('leave_requests.from_day', '<=', day)
    .where('leave_requests.until_day', '>=', day)
    .execute()
  return new Map(rows.map((row) => [row.student_id, row.reason]))
}
