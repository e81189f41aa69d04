import type { Tx } from '../../platform/db/open.ts'

/** Whose file it is: a correction's or a leave's. */
export type RequestKey = { kind: 'correction' | 'leave'; id: string }
export type RequestFileRow = { id: string; requestId: string; kind: 'jpeg' | 'png' | 'webp' | 'pdf'; bytes: number }

/** The files of these requests, of either kind, in the order they were added. */
export async function listRequestFiles(tx: Tx, requestIds: readonly string[]): Promise<RequestFileRow[]> {
  if (requestIds.length === 0) return []
  const rows = await tx
    .selectFrom('request_files')
    .select(['id', 'correction_id', 'leave_id', 'kind', 'bytes'])
    .where((where) =>
      where.or([where('correction_id', 'in', [...requestIds]), where('leave_id', 'in', [...requestIds])]),
    )
    .orderBy('added_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    requestId: row.correction_id ?? row.leave_id ?? '',
    kind: row.kind,
    bytes: row.bytes,
  }))
}

export async function insertRequestFile(
  tx: Tx,
  file: RequestFileRow & { institutionId: string; request: RequestKey; at: Date },
): Promise<void> {
  const { kind, id } = file.request
  await tx
    .insertInto('request_files')
    .values({
      institution_id: file.institutionId,
      id: file.id,
      correction_id: kind === 'correction' ? id : null,
      leave_id: kind === 'leave' ? id : null,
      kind: file.kind,
      bytes: file.bytes,
      added_at: file.at,
    })
    .execute()
}
