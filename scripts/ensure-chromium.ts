import { findChromium } from '../tests/e2e/src/find-chromium.ts'
import { runProgram, tail } from './run-step.ts'

const ADVICE = 'Install Chromium or Google Chrome, or set CHROMIUM_PATH to one.'

/**
 * Answers a Chromium, installing the distribution's when there is none and we may (root, with apt-get).
 * @throws Error that says what to do
 */
export async function ensureChromium(log: (line: string) => void): Promise<string> {
  const found = findChromium()
  if (found) return found
  if (process.env.CHROMIUM_PATH) throw new Error(`CHROMIUM_PATH is no program that can be run. ${ADVICE}`)
  if (process.platform !== 'linux' || process.getuid?.() !== 0) throw new Error(`There is no Chromium. ${ADVICE}`)
  log('Installing Chromium from the distribution…')
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']]) {
    const { code, said } = await runProgram('apt-get', args, env)
    if (code !== 0)
      throw new Error(`Chromium could not be installed (apt-get ${args[0]}). ${ADVICE}\n${tail(said, 20)}`)
  }
  const installed = findChromium()
  if (!installed) throw new Error(`apt-get installed no Chromium that can be found. ${ADVICE}`)
  return installed
}
