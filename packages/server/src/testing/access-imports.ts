import { startImport } from '@app/contract'
import { type AccessRow, managesClass, staff } from './access-outcomes.ts'
import type { AccessWorld } from './access-world.ts'

const CSV = Buffer.from('roll_no,full_name,email\nX-1,New Student,\nX-2,,\n')

/** A draft of the class's teacher, made anew for each who asks. */
async function aTeachersDraft({ app, actors, class: { id: classId } }: AccessWorld): Promise<{ importId: string }> {
  const { body } = await app.call(startImport, { as: actors.teacher, query: { classId }, file: { bytes: CSV } })
  return { importId: body.id }
}
const ofDraft = async (world: AccessWorld) => ({ params: await aTeachersDraft(world) })

/** The teacher whose import it is, and the institution's admins. */
const ownsImport = managesClass

export const ACCESS_IMPORTS: Record<string, AccessRow> = {
  startImport: {
    expected: managesClass(),
    ask: async ({ class: { id: classId } }) => ({ query: { classId }, file: { bytes: CSV } }),
  },
  listImports: { expected: staff() },
  getImport: { expected: ownsImport(), ask: ofDraft },
  mapImport: {
    expected: ownsImport(),
    ask: async (world) => ({
      ...(await ofDraft(world)),
      body: { kind: 'students', columns: ['roll_no', 'full_name', null], hasHeader: true },
    }),
  },
  listImportRows: {
    expected: ownsImport(),
    ask: async (world) => ({ ...(await ofDraft(world)), query: {} }),
  },
  correctImportCell: {
    expected: ownsImport(),
    ask: async (world) => ({
      params: { ...(await aTeachersDraft(world)), n: 3 },
      body: { column: 'full_name', text: 'Somebody' },
    }),
  },
  commitImport: { expected: ownsImport(), ask: ofDraft },
  cancelImport: { expected: ownsImport('already-done'), ask: ofDraft },
  discardImport: { expected: ownsImport(), ask: ofDraft },
  undoImport: { expected: ownsImport('already-done'), ask: ofDraft },
  inviteImported: { expected: ownsImport('already-done'), ask: ofDraft },
  downloadImportFaults: { expected: ownsImport(), ask: ofDraft },
  downloadImportTemplate: {
    expected: staff(),
    ask: async () => ({ query: { kind: 'students', format: 'csv' } }),
  },
}
