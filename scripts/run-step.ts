import { spawn } from 'node:child_process'
import path from 'node:path'

/** What a gate found; `broken` names its failed tests. A gate that has no tests of its own counts as one. */
export type Outcome = { passed: number; failed: number; said: string; broken: readonly string[] }

/** One gate. `parts` are the words after `npm test --` that ask for it. */
export type Step = { name: string; parts: readonly string[]; run: () => Promise<Outcome> }

export const root = path.resolve(import.meta.dirname, '..')

/** Runs a script of node_modules, or of our own, with the pinned Node; never asks anything. */
export function runNode(script: string, args: readonly string[], env: Record<string, string> = {}) {
  return runProgram(process.execPath, [path.join(root, script), ...args], env)
}

/** Runs a program to its end and answers its exit code and everything it said. */
export function runProgram(
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; said: string }> {
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, CI: 'true', ...env },
  })
  let said = ''
  const listen = (chunk: Buffer): void => {
    said += chunk.toString()
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 127, said: `${said}${error.message}` }))
    child.once('close', (code) => resolve({ code: code ?? 1, said }))
  })
}

/** A gate that passes or fails as a whole. */
export async function asGate(running: Promise<{ code: number; said: string }>): Promise<Outcome> {
  const { code, said } = await running
  return code === 0 ? { passed: 1, failed: 0, said, broken: [] } : { passed: 0, failed: 1, said, broken: [] }
}

/** The last lines, which is where tools say what went wrong. */
export function tail(text: string, lines: number): string {
  return text.trimEnd().split('\n').slice(-lines).join('\n')
}

async function runStep({ name, run }: Step): Promise<Outcome> {
  process.stdout.write(`---- ${name}\n`)
  const startedAt = performance.now()
  const outcome = await run().catch((error: unknown) => {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { passed: 0, failed: 1, said, broken: [] }
  })
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const mark = outcome.failed === 0 ? 'ok  ' : 'FAIL'
  process.stdout.write(`${mark} ${name}: ${outcome.passed} passed, ${outcome.failed} failed (${seconds} s)\n`)
  if (outcome.failed > 0) process.stdout.write(`${tail(outcome.said, 80).replace(/^/gm, '     | ')}\n`)
  return outcome
}

/** Runs every step, whatever the ones before it found, and names at the end what is broken. Answers the sums. */
export async function runSteps(steps: readonly Step[]): Promise<{ passed: number; failed: number }> {
  const sum = { passed: 0, failed: 0 }
  const broken: string[] = []
  for (const step of steps) {
    const outcome = await runStep(step)
    sum.passed += outcome.passed
    sum.failed += outcome.failed
    if (outcome.failed > 0) broken.push(step.name, ...outcome.broken.map((each) => each.replace(/^/gm, '  ')))
  }
  for (const each of broken) process.stdout.write(`broken: ${each}\n`)
  return sum
}
