import { expect, test } from 'vitest'
import { countPlaywright, countVitest } from './test-reports.ts'

const file = (status: string, ...statuses: string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: statuses.map((each) => ({ status: each, fullName: `a ${each} test` })),
})

test('counts tests over files', () => {
  const report = {
    success: false,
    testResults: [file('passed', 'passed', 'passed', 'pending'), file('failed', 'failed', 'passed')],
  }
  expect(countVitest(report)).toEqual({
    passed: 3,
    failed: 1,
    skipped: ['a pending test'],
    broken: ['a failed test'],
  })
})

test('says of a failed test what it is called and how its message begins', () => {
  const failed = { status: 'failed', fullName: 'adds up', failureMessages: ['Error: 3 is not 4\n    at sums.ts:7'] }
  const report = { success: false, testResults: [{ name: 'a.test.ts', status: 'failed', assertionResults: [failed] }] }
  expect(countVitest(report).broken).toEqual(['adds up\n  Error: 3 is not 4\n      at sums.ts:7'])
})

test('counts a file that cannot be loaded as a failure', () => {
  expect(countVitest({ success: false, testResults: [file('passed', 'passed'), file('failed')] }).failed).toBe(1)
})

test('counts an error outside any test as a failure', () => {
  expect(countVitest({ success: false, testResults: [file('passed', 'passed')] }).failed).toBe(1)
})

test('counts a browser test that needed a second try as a failure, and says why and what was left out', () => {
  const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 1 }
  const spec = (title: string, status: string, message?: string) => ({
    title,
    ok: status === 'expected' || status === 'skipped',
    file: 'a.spec.ts',
    tests: [{ status, results: message === undefined ? [{}] : [{ error: { message } }, {}] }],
  })
  const inner = [spec('wrong', 'unexpected', '\u001b[31m3 is not 4\u001b[39m'), spec('unsteady', 'flaky')]
  const suites = [{ specs: [spec('fine', 'expected'), spec('never begun', 'skipped')], suites: [{ specs: inner }] }]
  expect(countPlaywright({ stats, suites, errors: [] })).toEqual({
    passed: 3,
    failed: 2,
    skipped: ['a.spec.ts: never begun'],
    broken: ['a.spec.ts: wrong\n  3 is not 4', 'a.spec.ts: unsteady'],
  })
})

test('counts a browser run that never began as a failure', () => {
  const stats = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }
  expect(countPlaywright({ stats, suites: [], errors: [{ message: 'No tests found' }] }).failed).toBe(1)
})
