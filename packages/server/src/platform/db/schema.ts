import type { ClassTables } from './tables-classes.ts'
import type { FaceTables } from './tables-faces.ts'
import type { PeopleTables } from './tables-people.ts'
import type { SessionTables } from './tables-sessions.ts'

/** The tables as Kysely sees them. */
export type Schema = PeopleTables & ClassTables & SessionTables & FaceTables
