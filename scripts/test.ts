import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildWebWhenStale } from './build-web.ts'
import { ensureChromium } from './ensure-chromium.ts'
import { ensureModels } from './fetch-models.ts'
import { asGate, type Outcome, root, runNode, runSteps, type Step } from './run-step.ts'
import { type Counts, countPlaywright, countVitest } from './test-reports.ts'

const PARTS = ['gates', 'unit', 'vision', 'api', 'e2e']
const VITEST_PARTS = ['unit', 'vision', 'api']
const CRUISED = ['packages', 'scripts', 'tests', 'bench', 'vitest.config.ts']

const log = (line: string): void => {
  process.stdout.write(`     ${line}\n`)
}
const PASSED: Outcome = { passed: 1, failed: 0, said: '', broken: [] }

/** Skipped tests are named: nothing is left out in silence. No test at all is a failure. */
function toOutcome({ passed, failed, skipped, broken }: Counts, said: string): Outcome {
  for (const name of skipped) log(`skipped: ${name}`)
  const nothingRan = passed + failed === 0
  return nothingRan ? { passed, failed: 1, said: `${said}\nno test ran`, broken } : { passed, failed, said, broken }
}

/** Runs a tool that writes a JSON report to the file it is given; no report is a failure. */
async function withReport(
  run: (file: string) => Promise<{ code: number; said: string }>,
  count: (report: never) => Counts,
): Promise<Outcome> {
  const dir = await mkdtemp(path.join(tmpdir(), 'test-report-'))
  const file = path.join(dir, 'report.json')
  try {
    const { code, said } = await run(file)
    const counts = count(JSON.parse(await readFile(file, 'utf8')) as never)
    return toOutcome(code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts, said)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

function runVitest(projects: readonly string[]): Promise<Outcome> {
  const chosen = projects.map((project) => `--project=${project}`)
  return withReport(
    (file) =>
      runNode('node_modules/vitest/vitest.mjs', [
        'run',
        ...chosen,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
      ]),
    countVitest,
  )
}

async function runPlaywright(project: 'pages' | 'cameras'): Promise<Outcome> {
  const chromium = await ensureChromium(log)
  await buildWebWhenStale(root, log)
  return withReport(
    (file) =>
      runNode(
        'node_modules/@playwright/test/cli.js',
        ['test', '--config=tests/e2e', `--project=${project}`, '--reporter=list,json'],
        {
          PLAYWRIGHT_JSON_OUTPUT_NAME: file,
          CHROMIUM_PATH: chromium,
        },
      ),
    countPlaywright,
  )
}

const gate = (name: string, script: string, args: readonly string[]): Step => ({
  name,
  parts: ['gates'],
  run: () => asGate(runNode(script, args)),
})

function stepsFor(asked: readonly string[]): Step[] {
  const projects = VITEST_PARTS.filter((part) => asked.includes(part))
  const steps: Step[] = [
    {
      name: 'models',
      parts: ['vision', 'api', 'e2e'],
      run: () => ensureModels(path.join(root, '.models'), { log }).then(() => PASSED),
    },
    gate('format and lint', 'node_modules/@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']),
    gate('types', 'node_modules/typescript/bin/tsc', ['-p', 'tsconfig.json']),
    gate('types of the web app', 'node_modules/typescript/bin/tsc', ['-p', 'packages/web/tsconfig.json', '--noEmit']),
    gate('types of the drawn clips', 'node_modules/typescript/bin/tsc', ['-p', 'tests/e2e/src/media/page']),
    gate('types of the browser tests', 'node_modules/typescript/bin/tsc', ['-p', 'tests/e2e/tsconfig.json']),
    gate('import rules', 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', [
      ...CRUISED,
      '--config',
      '.dependency-cruiser.ts',
    ]),
    gate('unused code', 'node_modules/knip/bin/knip.js', ['--no-progress']),
    gate('OpenAPI document', 'packages/server/src/openapi-document.ts', ['--check']),
    { name: `tests (${projects.join(', ')})`, parts: VITEST_PARTS, run: () => runVitest(projects) },
    { name: 'web app builds', parts: ['gates', 'e2e'], run: () => buildWebWhenStale(root, log).then(() => PASSED) },
    { name: 'tests in the browser', parts: ['e2e'], run: () => runPlaywright('pages') },
    { name: 'tests before a camera', parts: ['e2e'], run: () => runPlaywright('cameras') },
  ]
  return steps.filter(({ parts }) => parts.some((part) => asked.includes(part)))
}

const asked = process.argv.slice(2)
const unknown = asked.find((part) => !PARTS.includes(part))
if (unknown) {
  process.stderr.write(`"${unknown}" is no part of the tests. Usage: npm test [-- ${PARTS.join('|')}]\n`)
  process.exit(2)
}
const { passed, failed } = await runSteps(stepsFor(asked.length > 0 ? asked : PARTS))
// Read by machines: keep it the last line, in this form.
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exit(failed > 0 ? 1 : 0)
