import {
  cancelImport,
  commitImport,
  correctImportCell,
  discardImport,
  downloadImportFaults,
  downloadImportTemplate,
  getImport,
  inviteImported,
  listImportRows,
  listImports,
  mapImport,
  startImport,
  undoImport,
} from '@app/contract'
import type { Database } from '../../platform/db/open.ts'
import type { Register } from '../../platform/http/register.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Mailer } from '../../platform/mail/mailer.ts'
import { createSheetReader } from '../../platform/spreadsheet/read-sheet.ts'
import * as draft from './change-draft.ts'
import { downloadFaults } from './faults.ts'
import * as imports from './imports.ts'
import * as invites from './invite-imported.ts'
import * as reading from './read-file.ts'
import { makeImportTemplate } from './template.ts'

type Deps = { db: Database; jobs: Jobs; mailer: Mailer | null; publicUrl: string; now: () => Date }

/** Two files at once use the memory of two workers; the third waits its turn. */
const SHEETS = { atOnce: 2, timeoutMs: 30_000 }

export function installImports(register: Register, deps: Deps): void {
  const readSheet = createSheetReader(SHEETS)

  register.json(startImport, ({ actor, query, file }) =>
    reading.startImport(
      { db: deps.db, mailer: deps.mailer, now: deps.now, readSheet },
      { actor, kind: query.kind ?? null, classId: query.classId ?? null, file },
    ),
  )
  register.json(listImports, ({ actor }) => imports.listImports(deps, { actor }))
  register.json(getImport, ({ actor, params }) => imports.getImport(deps, { actor, ...params }))
  register.json(mapImport, ({ actor, params, body }) => draft.mapImport(deps, { actor, ...params, ...body }))
  register.json(listImportRows, ({ actor, params, query }) => imports.listRows(deps, { actor, ...params, ...query }))
  register.json(correctImportCell, ({ actor, params, body }) => draft.correctCell(deps, { actor, ...params, ...body }))
  register.json(commitImport, ({ actor, params }) => imports.commitImport(deps, { actor, ...params }))
  register.json(cancelImport, ({ actor, params }) => imports.cancelImport(deps, { actor, ...params }))
  register.json(discardImport, async ({ actor, params }) => {
    await draft.discardImport(deps, { actor, ...params })
    return { done: true as const }
  })
  register.json(undoImport, ({ actor, params }) => imports.undoImport(deps, { actor, ...params }))
  register.json(inviteImported, ({ actor, params }) => invites.inviteImported(deps, { actor, ...params }))
  register.download(downloadImportFaults, ({ actor, params }) => downloadFaults(deps, { actor, ...params }))
  register.download(downloadImportTemplate, async ({ actor, query }) => makeImportTemplate({ actor, ...query }))
}
