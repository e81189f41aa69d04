import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import configuration from '../.dependency-cruiser.ts'

const SERVER = 'packages/server/src'
const FEATURES = `${SERVER}/features`
const WEB = 'packages/web/src'

/** [rule, file that breaks it, what it imports]: every rule of .dependency-cruiser.ts has at least one row. */
const BROKEN: [rule: string, from: string, imports: string][] = [
  ['domain-imports-nothing', 'packages/domain/src/broken-npm.ts', "import 'zod'"],
  ['domain-imports-nothing', 'packages/domain/src/broken-node.ts', "import 'node:fs'"],
  ['domain-imports-nothing', 'packages/domain/src/broken-package.ts', "import '@app/contract'"],
  ['contract-is-zod-and-domain', 'packages/contract/src/broken-node.ts', "import 'node:crypto'"],
  ['contract-is-zod-and-domain', 'packages/contract/src/broken-npm.ts', "import 'fastify'"],
  ['vision-stands-alone', 'packages/vision/src/broken-package.ts', "import type { a } from '@app/domain'"],
  ['vision-stands-alone', 'packages/vision/src/broken-npm.ts', "import 'kysely'"],
  ['vision-geometry-is-pure-numbers', 'packages/vision/src/geometry/broken.ts', "import 'onnxruntime-node'"],
  ['vision-reaches-the-server-as-a-dependency', `${SERVER}/app.broken.ts`, "import '@app/vision'"],
  ['platform-knows-no-feature', `${SERVER}/platform/broken.ts`, "import '../features/roster/index.ts'"],
  ['store-is-sql-only', `${FEATURES}/broken-store/a.store.ts`, "import 'fastify'"],
  ['store-is-sql-only', `${FEATURES}/broken-store/b.store.ts`, "import './use-case.ts'"],
  ['store-is-sql-only', `${FEATURES}/broken-store/d.store.ts`, "import '../roster/roster.store.ts'"],
  ['store-takes-types-of-rules', `${FEATURES}/broken-store/c.store.ts`, "import { a } from '@app/domain'"],
  ['platform-takes-types-of-domain', `${SERVER}/platform/broken-domain.ts`, "import { a } from '@app/domain'"],
  ['sql-only-in-stores', `${FEATURES}/broken-sql/use-case.ts`, "import { sql } from 'kysely'"],
  ['use-case-knows-no-transport', `${FEATURES}/broken-use-case/fastify.ts`, "import type { a } from 'fastify'"],
  ['use-case-knows-no-transport', `${FEATURES}/broken-use-case/route.ts`, "import './own.routes.ts'"],
  ['features-meet-at-index', `${FEATURES}/broken-sibling/use-case.ts`, "import '../roster/roster.store.ts'"],
  ['no-feature-cycles', `${FEATURES}/cycle-a/index.ts`, "import '../cycle-b/index.ts'"],
  ['routes-only-translate', `${FEATURES}/broken-routes/a.routes.ts`, "import '@app/domain'"],
  ['routes-take-types-of-platform', `${FEATURES}/broken-routes/b.routes.ts`, "import '../../platform/db/open.ts'"],
  ['routes-know-no-store', `${FEATURES}/broken-routes/c.routes.ts`, "import './own.store.ts'"],
  ['routes-know-no-store', `${FEATURES}/broken-routes/d.routes.ts`, "import type { a } from 'kysely'"],
  ['web-ui-and-api-know-no-feature', `${WEB}/ui/broken.tsx`, "import '../features/board/screen.tsx'"],
  ['web-ui-and-api-know-no-feature', `${WEB}/api/broken.ts`, "import '../routes/board.tsx'"],
  ['web-features-never-meet', `${WEB}/features/broken/sibling.tsx`, "import '../board/screen.tsx'"],
  ['web-features-never-meet', `${WEB}/features/broken/route.tsx`, "import '../../routes/board.tsx'"],
  ['web-runs-in-a-browser', `${WEB}/routes/broken.tsx`, "import '@app/vision'"],
  ['web-has-no-node', `${WEB}/routes/broken-node.tsx`, "import 'node:fs'"],
  ['e2e-knows-the-contract-only', 'tests/e2e/src/broken.ts', "import '@app/server'"],
  ['nothing-calls-backwards', `${FEATURES}/broken-backwards/use-case.ts`, "import '../../app.ts'"],
  ['nothing-calls-backwards', `${WEB}/features/broken-backwards/screen.tsx`, "import '../../main.tsx'"],
  ['server-serves-files-not-web-code', `${SERVER}/broken-web.ts`, "import '@app/web'"],
  ['testing-is-for-tests', `${FEATURES}/broken-testing/use-case.ts`, "import '../../testing/database.ts'"],
  ['no-circular', `${WEB}/routes/circle-a.tsx`, "import './circle-b.tsx'"],
  ['no-unresolvable', `${SERVER}/broken-path.ts`, "import './nowhere.ts'"],
]

/** What the table allows; a rule that fired here would forbid honest code. */
const HONEST: [from: string, imports: string][] = [
  ['packages/contract/src/honest.ts', "import 'zod'\nimport '@app/domain'"],
  ['packages/vision/src/honest.ts', "import 'onnxruntime-node'\nimport 'node:fs'\nimport './geometry/index.ts'"],
  [`${SERVER}/honest.ts`, "import './features/roster/roster.routes.ts'"],
  [`${SERVER}/main.ts`, "import '@app/vision'\nimport './app.ts'"],
  [
    `${SERVER}/platform/honest.ts`,
    "import '@app/contract'\nimport 'pg'\nimport 'node:fs'\nimport type { a } from '@app/domain'",
  ],
  [
    `${FEATURES}/honest/honest.store.ts`,
    "import { sql } from 'kysely'\nimport type { a } from '@app/domain'\nimport type { b } from '@app/contract'\nimport 'zod'\nimport '../../platform/db/open.ts'\nimport type { c } from './other.store.ts'",
  ],
  [
    `${FEATURES}/honest/honest.ts`,
    "import '@app/domain'\nimport './honest.store.ts'\nimport '../roster/index.ts'\nimport type { a } from '../../platform/db/open.ts'",
  ],
  [
    `${FEATURES}/honest/honest.routes.ts`,
    "import '@app/contract'\nimport './honest.ts'\nimport '../../platform/http/register.ts'\nimport type { a } from '../../platform/db/open.ts'",
  ],
  [
    `${WEB}/features/honest/screen.tsx`,
    "import 'react'\nimport '@app/contract'\nimport '@app/domain'\nimport '../../ui/button.tsx'\nimport '../../api/client.ts'",
  ],
  [`${WEB}/routes/honest.tsx`, "import '../features/board/screen.tsx'"],
  ['tests/e2e/src/honest.ts', "import '@app/contract'\nimport 'node:fs'"],
]

const SURROUNDINGS: Record<string, string> = {
  [`${SERVER}/app.ts`]: '',
  [`${SERVER}/index.ts`]: '',
  [`${SERVER}/testing/database.ts`]: '',
  [`${SERVER}/platform/db/open.ts`]: 'export type a = 1',
  [`${SERVER}/platform/http/register.ts`]: '',
  [`${FEATURES}/honest/other.store.ts`]: 'export type c = 1',
  [`${FEATURES}/roster/index.ts`]: '',
  [`${FEATURES}/roster/roster.store.ts`]: '',
  [`${FEATURES}/roster/roster.routes.ts`]: '',
  [`${FEATURES}/broken-store/use-case.ts`]: '',
  [`${FEATURES}/broken-use-case/own.routes.ts`]: '',
  [`${FEATURES}/broken-routes/own.store.ts`]: '',
  // Through another file of the folder: no single file is part of a circle, the two features are.
  [`${FEATURES}/cycle-a/other.ts`]: '',
  [`${FEATURES}/cycle-b/index.ts`]: '',
  [`${FEATURES}/cycle-b/back.ts`]: "import '../cycle-a/other.ts'",
  [`${WEB}/main.tsx`]: '',
  [`${WEB}/index.ts`]: '',
  [`${WEB}/ui/button.tsx`]: '',
  [`${WEB}/api/client.ts`]: '',
  [`${WEB}/routes/board.tsx`]: '',
  [`${WEB}/routes/circle-b.tsx`]: "import './circle-a.tsx'",
  [`${WEB}/features/board/screen.tsx`]: '',
  'packages/domain/src/index.ts': 'export const a = 1',
  'packages/contract/src/index.ts': '',
  'packages/vision/src/index.ts': '',
  'packages/vision/src/geometry/index.ts': '',
}

const PACKAGES = ['domain', 'contract', 'vision', 'server', 'web']
const NPM = ['zod', 'fastify', 'kysely', 'pg', 'react', 'vitest', 'onnxruntime-node']

let root: string
let violations: { rule: string; from: string }[]

beforeAll(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'import-rules-')))
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true })
    await writeFile(path.join(root, file), text)
  }
  for (const [file, text] of Object.entries(SURROUNDINGS)) await write(file, text)
  for (const [, file, text] of BROKEN) await write(file, text)
  for (const [file, text] of HONEST) await write(file, text)
  for (const name of NPM) {
    await write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }))
    await write(`node_modules/${name}/index.js`, '')
  }
  await mkdir(path.join(root, 'node_modules/@app'))
  for (const name of PACKAGES) {
    await write(`packages/${name}/package.json`, JSON.stringify({ exports: { '.': './src/index.ts' } }))
    await symlink(path.join(root, 'packages', name), path.join(root, 'node_modules/@app', name))
  }
  const { tsConfig: _ours, ...options } = configuration.options
  const { output } = await cruise(['packages', 'tests'], {
    ...options,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: configuration.forbidden },
  })
  violations = (output as ICruiseResult).summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }))
}, 60_000)

afterAll(() => rm(root, { recursive: true, force: true }))

describe('import rules', () => {
  test.each(BROKEN)('%s fires on %s', (rule, from) => {
    const where = rule === 'no-feature-cycles' ? path.dirname(from) : from
    expect(violations).toContainEqual({ rule, from: where })
  })

  test.each(HONEST)('%s may import what the table allows', (from) => {
    expect(violations.filter((violation) => violation.from === from)).toEqual([])
  })

  test('every rule has a row that breaks it', () => {
    const proven = new Set(BROKEN.map(([rule]) => rule))
    expect(configuration.forbidden.map(({ name }) => name).filter((name) => !proven.has(String(name)))).toEqual([])
  })
})
