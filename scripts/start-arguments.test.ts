import { expect, test } from 'vitest'
import { HELP, parseStartArguments } from './start-arguments.ts'

test.each([
  [[], { kind: 'start', demo: false, https: false, port: undefined, isToPrepare: true }],
  [['--demo', '--https'], { kind: 'start', demo: true, https: true, port: undefined, isToPrepare: true }],
  [['--port', '0'], { kind: 'start', demo: false, https: false, port: 0, isToPrepare: true }],
  [['--port=8080'], { kind: 'start', demo: false, https: false, port: 8080, isToPrepare: true }],
  [['--skip-prepare'], { kind: 'start', demo: false, https: false, port: undefined, isToPrepare: false }],
  [['--only-prepare'], { kind: 'prepare' }],
  [['-h'], { kind: 'help' }],
  [['--port', 'many'], { kind: 'wrong', message: '--port must be a whole number from 0 to 65535, not "many".' }],
  [['--port', '70000'], { kind: 'wrong', message: '--port must be a whole number from 0 to 65535, not "70000".' }],
  [['--prot', '1'], { kind: 'wrong', message: "Unknown option '--prot'." }],
  [['--demo=yes'], { kind: 'wrong', message: expect.stringContaining('--demo') }],
  [['demo'], { kind: 'wrong', message: expect.stringContaining("'demo'") }],
  [['--port'], { kind: 'wrong', message: expect.stringContaining('--port') }],
])('npm start -- %j', (argv, expected) => {
  expect(parseStartArguments(argv)).toEqual(expected)
})

test('the help names every option', () => {
  for (const option of ['--demo', '--https', '--port', '--only-prepare', '--skip-prepare', '--help'])
    expect(HELP).toContain(option)
})
