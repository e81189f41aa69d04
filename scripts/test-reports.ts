/** Counts of a run of tests as its own report has them. */
export type Counts = { passed: number; failed: number; skipped: string[] }

type VitestReport = {
  success: boolean
  testResults: {
    name: string
    status: string
    assertionResults: { status: string; fullName: string }[]
  }[]
}

/** Reads Vitest's JSON report. A file that could not even be loaded counts as one failure. */
export function countVitest(report: VitestReport): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: [] }
  for (const file of report.testResults) {
    const failedBefore = counts.failed
    for (const { status, fullName } of file.assertionResults) {
      if (status === 'passed') counts.passed++
      else if (status === 'failed') counts.failed++
      else counts.skipped.push(fullName)
    }
    if (file.status === 'failed' && counts.failed === failedBefore) counts.failed++
  }
  if (!report.success && counts.failed === 0) counts.failed = 1
  return counts
}

type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  errors: unknown[]
}

/** Reads Playwright's JSON report. A test that passed at the second try has failed. */
export function countPlaywright({ stats, errors }: PlaywrightReport): Counts {
  const failed = stats.unexpected + stats.flaky
  const skipped = Array.from({ length: stats.skipped }, () => 'a browser test')
  return { passed: stats.expected, failed: failed === 0 && errors.length > 0 ? 1 : failed, skipped }
}
