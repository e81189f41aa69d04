import { randomInt, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createInstitutionWithAdmin, hashPassword } from '../features/accounts/index.ts'
import { listInstallation } from '../features/institutions/index.ts'
import { appendAudit } from '../platform/audit/append-audit.ts'
import type { Keyring } from '../platform/crypto/keyring.ts'
import type { Database, Tx } from '../platform/db/open.ts'
import { insertDemoClasses, insertDemoPeople, insertDemoSessions } from './demo.store.ts'
import { auditOfPlanned, auditOfSession } from './demo-audit.ts'
import { makeDemoPlan } from './demo-plan.ts'
import { DemoRefused } from './demo-refused.ts'
import { insertDemoPlanned, insertDemoSlots } from './demo-timetable.store.ts'

type Deps = { db: Database; keyring: Keyring; now: () => Date; dataDir: string }

/** The demo's accounts as lines to print. */
export type DemoAccounts = { lines: string[] }

const ACCOUNTS_FILE = 'demo-accounts.txt'

/**
 * Fills an empty database with a demo institution; where one is already, says what its accounts are.
 * @throws DemoRefused
 */
export async function fillDemo(deps: Deps): Promise<DemoAccounts> {
  const file = path.join(deps.dataDir, ACCOUNTS_FILE)
  const institutions = await deps.db.outside(listInstallation)
  if (institutions.some(({ isDemo }) => isDemo)) return { lines: await readAccounts(file) }
  if (institutions.length > 0) throw new DemoRefused()

  const password = drawPassword()
  const passwordHash = await hashPassword(password)
  const plan = makeDemoPlan({ now: deps.now(), timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone })
  const lines = describeAccounts(plan, password)
  // Before the commit: a demo whose password nobody knows is of no use, a file of a demo that was never made is overwritten.
  await keepAccounts(file, lines)
  const institutionId = randomUUID()
  await deps.db.inInstitution(institutionId, (tx) => savePlan(deps, tx, { institutionId, plan, passwordHash }))
  return { lines }
}

type Plan = ReturnType<typeof makeDemoPlan>

async function savePlan(
  { keyring, now }: Deps,
  tx: Tx,
  { institutionId, plan, passwordHash }: { institutionId: string; plan: Plan; passwordHash: string },
): Promise<void> {
  const { since: at, admin, teachers, students, subjects, classes, sessions, slots, plannedSessions } = plan
  const made = { institutionId, at }
  await createInstitutionWithAdmin({ keyring }, tx, {
    institution: { id: institutionId, name: plan.name, timeZone: plan.timeZone, locale: 'en' },
    isDemo: true,
    policy: {},
    admin: { fullName: admin.fullName, email: admin.email, passwordHash, roles: ['owner', 'admin'] },
    at,
  })
  await insertDemoPeople(tx, made, teachers, { role: 'teacher', passwordHash })
  await insertDemoPeople(tx, made, students, { role: 'student', passwordHash })
  await insertDemoClasses(tx, made, subjects, classes)
  await insertDemoSessions(tx, institutionId, sessions)
  await insertDemoSlots(tx, made, slots)
  await insertDemoPlanned(tx, institutionId, plannedSessions)
  await appendAudit(tx, [
    ...sessions.flatMap((session) => auditOfSession(institutionId, session)),
    ...plannedSessions.map((session) => auditOfPlanned(institutionId, session, now())),
  ])
}

/** Three words that can be typed from a terminal and a number: about 42 bits, behind a throttle. */
function drawPassword(): string {
  const syllables = ['ba', 'de', 'fi', 'go', 'hu', 'ka', 'le', 'mi', 'no', 'pu', 'ra', 'se', 'ti', 'vo', 'wu', 'za']
  const word = () => Array.from({ length: 3 }, () => syllables[randomInt(syllables.length)] ?? '').join('')
  return `${word()}-${word()}-${word()}-${randomInt(10, 100)}`
}

function describeAccounts({ admin, teachers, students }: Plan, password: string): string[] {
  const rows = [
    ['Admin', admin.email, admin.fullName],
    ...teachers.map((teacher) => ['Teacher', teacher.email, teacher.fullName]),
    ...students
      .slice(0, 3)
      .map((student) => ['Student', student.rollNo, `${student.fullName} (${student.email}), ready to enrol a face`]),
  ]
  return [
    `Password of every account: ${password}`,
    ...rows.map(([role = '', signInName = '', who = '']) => `${role.padEnd(8)} ${signInName.padEnd(30)} ${who}`),
    `The other students sign in the same way, up to ${students.at(-1)?.rollNo ?? ''}.`,
  ]
}

async function keepAccounts(file: string, lines: readonly string[]): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  const fresh = `${file}.${randomUUID()}`
  await writeFile(fresh, `${lines.join('\n')}\n`, { mode: 0o600 })
  await rename(fresh, file)
}

async function readAccounts(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  return (
    text?.trimEnd().split('\n') ?? [
      `They are in ${ACCOUNTS_FILE} of the data folder that this demo was made with; here there is no such file.`,
    ]
  )
}
