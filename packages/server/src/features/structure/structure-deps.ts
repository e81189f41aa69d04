import type { Database } from '../../platform/db/open.ts'

export type StructureDeps = { db: Database; now: () => Date }
