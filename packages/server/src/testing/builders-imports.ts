import { commitImport, getImport, type ImportView, startImport } from '@app/contract'
import { startImports } from '../features/imports/index.ts'
import type { Caller, TestApp } from './app.ts'

type Upload = {
  as: Caller
  bytes: Buffer
  classId?: string
  kind?: 'students' | 'teachers' | 'classes' | 'enrolments'
}

/** The draft that a file becomes. */
export async function aDraft(app: TestApp, { as, bytes, classId, kind }: Upload): Promise<ImportView> {
  const { body, error } = await app.call(startImport, { as, query: { kind, classId }, file: { bytes } })
  if (error !== undefined) throw new Error(`the file was refused: ${error}`)
  return body
}

/** Takes a draft as the server does in its own time, and says how it went. */
export async function takeDraft(app: TestApp, as: Caller, importId: string): Promise<ImportView> {
  await startImports(app.deps)
  const { error } = await app.call(commitImport, { as, params: { importId } })
  if (error !== undefined) throw new Error(`the draft was not taken: ${error}`)
  await app.jobs.runAll()
  return (await app.call(getImport, { as, params: { importId } })).body
}

/** The whole way at once. */
export async function anImport(app: TestApp, upload: Upload): Promise<ImportView> {
  const { id } = await aDraft(app, upload)
  return takeDraft(app, upload.as, id)
}
