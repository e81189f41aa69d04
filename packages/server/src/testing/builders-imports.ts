import { commitImport, getImport, type ImportView, listImportRows, startImport } from '@app/contract'
import { startImports } from '../features/imports/index.ts'
import type { Caller, TestApp } from './app.ts'
import type { TestClass } from './builders.ts'
import { anXlsx, type SheetCell } from './builders-sheets.ts'

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

export const LIST_HEADER = ['roll_no', 'full_name', 'email', 'phone', 'batch', 'department']

/** A workbook of students with these rows, imported into a class. */
export const importList = (app: TestApp, rows: SheetCell[][], { as, to }: { as: Caller; to: TestClass }) =>
  anImport(app, { as, classId: to.id, bytes: anXlsx([LIST_HEADER, ...rows]) })

/** The rows of an import, as whoever made it sees them. */
export const importedRows = async (app: TestApp, as: Caller, importId: string) =>
  (await app.call(listImportRows, { as, params: { importId }, query: {} })).body.rows
