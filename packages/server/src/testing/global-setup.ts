import { startTestServer } from './database.ts'

/** Vitest calls this once before the API tests, and what it answers once after them. */
export default function setUp(): Promise<() => Promise<void>> {
  return startTestServer(process.env.DATABASE_URL || undefined)
}
