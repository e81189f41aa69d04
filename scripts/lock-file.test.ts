import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'

type Locked = { version?: string; optionalDependencies?: Record<string, string> }

const lockText = await readFile(path.resolve(import.meta.dirname, '../package-lock.json'), 'utf8')
const packages: Record<string, Locked> = JSON.parse(lockText).packages

// An npm that finds no such package in its registry leaves it out of the lock, and `npm ci` then refuses to run anywhere.
test('the lock file has every build of a package that comes in one build a platform', () => {
  const named = Object.entries(packages).flatMap(([place, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {}).map((name) => ({ place, name })),
  )
  const missing = named.filter(
    ({ place, name }) => !packages[`${place}/node_modules/${name}`] && !packages[`node_modules/${name}`],
  )
  expect(missing).toEqual([])
})

test('the lock file names no registry, so that each machine uses its own', () => {
  expect(lockText.match(/"resolved": "https?:[^"]*/g)).toBeNull()
})
