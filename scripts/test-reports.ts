import { stripVTControlCharacters } from 'node:util'

/** Counts of a run of tests as its own report has them; `broken` names each failure and begins to say why. */
export type Counts = { passed: number; failed: number; skipped: string[]; broken: string[] }

type VitestReport = {
  success: boolean
  testResults: {
    name: string
    status: string
    message?: string
    assertionResults: { status: string; fullName: string; failureMessages?: string[] }[]
  }[]
}

/** Reads Vitest's JSON report. A file that could not even be loaded counts as one failure. */
export function countVitest(report: VitestReport): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: [], broken: [] }
  for (const file of report.testResults) {
    const failedBefore = counts.failed
    for (const { status, fullName, failureMessages } of file.assertionResults) {
      if (status === 'passed') counts.passed++
      else if (status === 'failed') fail(fullName, failureMessages?.[0])
      else counts.skipped.push(fullName)
    }
    if (file.status === 'failed' && counts.failed === failedBefore) fail(file.name, file.message)
  }
  if (!report.success && counts.failed === 0) counts.failed = 1
  return counts

  function fail(name: string, why = ''): void {
    counts.failed++
    counts.broken.push([name, ...why.split('\n').slice(0, WHY_LINES)].join('\n  ').trimEnd())
  }
}

/** Enough of a message to see what was expected and what came. */
const WHY_LINES = 12

type PlaywrightSpec = {
  title: string
  file: string
  ok: boolean
  tests: { status: string; results: { error?: { message?: string } }[] }[]
}
type PlaywrightSuite = { suites?: PlaywrightSuite[]; specs: PlaywrightSpec[] }
type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  suites: PlaywrightSuite[]
  errors: { message?: string }[]
}

/** Reads Playwright's JSON report. A test that passed at the second try has failed. */
export function countPlaywright({ stats, suites, errors }: PlaywrightReport): Counts {
  const failed = stats.unexpected + stats.flaky
  const specs = suites.flatMap(specsOf)
  const skipped = specs.filter(({ tests }) => tests.some(({ status }) => status === 'skipped')).map(nameOf)
  const broken = [
    ...specs.filter(({ ok }) => !ok).map((spec) => [nameOf(spec), ...whyOf(spec)].join('\n  ').trimEnd()),
    ...errors.map(({ message }) => message ?? 'an error outside any test'),
  ]
  return { passed: stats.expected, failed: failed === 0 && errors.length > 0 ? 1 : failed, skipped, broken }
}

const nameOf = ({ file, title }: PlaywrightSpec) => `${file}: ${title}`

function specsOf({ suites = [], specs }: PlaywrightSuite): PlaywrightSpec[] {
  return [...specs, ...suites.flatMap(specsOf)]
}

/** What went wrong when it was last tried. */
function whyOf({ tests }: PlaywrightSpec): string[] {
  const said = tests.flatMap(({ results }) => results.flatMap(({ error }) => error?.message ?? [])).at(-1) ?? ''
  return stripVTControlCharacters(said).split('\n').slice(0, WHY_LINES)
}
