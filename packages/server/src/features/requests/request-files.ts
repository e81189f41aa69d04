import { randomUUID } from 'node:crypto'
import { REQUEST_FILES_MAX, type RequestFile } from '@app/contract'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { kindOfFile } from '../../platform/files/file-kind.ts'
import type { FileStore } from '../../platform/files/file-store.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { requireManagesClass } from '../roster/index.ts'
import { lockOwnRequest, type RequestsDeps } from './asking.ts'
import { findCorrection } from './corrections.store.ts'
import { findLeave, listLeaveClasses } from './leaves.store.ts'
import { insertRequestFile, listRequestFiles } from './request-files.store.ts'

export type RequestFilesDeps = RequestsDeps & { files: FileStore }

/** @throws Failure `wrong-media-type` by its first bytes, `already-done` once answered, `files-too-many` */
export async function addRequestFile(
  { db, now, files }: RequestFilesDeps,
  { actor, requestId, bytes }: { actor: Actor; requestId: string; bytes: Buffer },
): Promise<RequestFile> {
  requireRole(actor, 'student')
  const kind = kindOfFile(bytes)
  if (kind === null) throw new Failure('wrong-media-type')
  const { institutionId } = actor
  const id = randomUUID()
  const requireRoom = async (tx: Tx) => {
    const request = await lockOwnRequest(tx, actor, requestId)
    if (!request.isOpen) throw new Failure('already-done')
    if ((await listRequestFiles(tx, [requestId])).length >= REQUEST_FILES_MAX) throw new Failure('files-too-many')
    return request
  }
  await db.inInstitution(institutionId, requireRoom)
  // The file first: a row without its file would be a promise that cannot be kept, a file without a row is only waste.
  await files.put(institutionId, id, bytes)
  try {
    await db.inInstitution(institutionId, async (tx) => {
      const request = { kind: (await requireRoom(tx)).kind, id: requestId }
      await insertRequestFile(tx, { institutionId, id, requestId, request, kind, bytes: bytes.length, at: now() })
    })
  } catch (error) {
    await files.remove(institutionId, id)
    throw error
  }
  return { id, kind, bytes: bytes.length }
}

const EXTENSIONS = { jpeg: 'jpg', png: 'png', webp: 'webp', pdf: 'pdf' } as const

/** For who sent it and for who answers it; saved, never shown by us: whatever is inside runs nowhere. */
export async function downloadRequestFile(
  { db, files }: Pick<RequestFilesDeps, 'db' | 'files'>,
  { actor, requestId, fileId }: { actor: Actor; requestId: string; fileId: string },
) {
  const file = await db.inInstitution(actor.institutionId, async (tx) => {
    await requireSeesRequest(tx, actor, requestId)
    return (await listRequestFiles(tx, [requestId])).find(({ id }) => id === fileId)
  })
  if (!file) throw new Failure('not-found')
  return {
    contentType: 'application/octet-stream',
    fileName: `request-${requestId.slice(0, 8)}-${fileId.slice(0, 8)}.${EXTENSIONS[file.kind]}`,
    body: await files.get(actor.institutionId, fileId),
  }
}

/** @throws Failure `not-found`, `not-allowed` */
async function requireSeesRequest(tx: Tx, actor: Actor, requestId: string): Promise<void> {
  const correction = await findCorrection(tx, requestId)
  const request = correction ?? (await findLeave(tx, requestId))
  if (!request) throw new Failure('not-found')
  if (request.studentId === actor.personId || actor.roles.has('admin')) return
  if (correction) return requireManagesClass(tx, actor, correction.classId)
  if ((await listLeaveClasses(tx, [requestId], actor.personId)).length === 0) throw new Failure('not-allowed')
}
