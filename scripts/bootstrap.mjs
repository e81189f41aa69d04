// Runs on whatever Node ≥ 20 the machine has: installs what package-lock.json names, then hands over to the pinned Node.
// Plain JavaScript because an older Node cannot read TypeScript; everything after this file is TypeScript.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const pinnedNode = path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** The lock file against npm's own account of what it installed, which it writes last. */
function isInstalled() {
  try {
    const read = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages
    const installed = read('node_modules/.package-lock.json')
    return Object.entries(read('package-lock.json')).every(
      ([place, { version, optional, devOptional, link }]) =>
        !place.includes('node_modules/') || optional || devOptional || link || installed[place]?.version === version,
    )
  } catch {
    return false
  }
}

if (!isInstalled() || !existsSync(pinnedNode)) {
  process.stderr.write('Installing dependencies (the first time takes a minute or two)…\n')
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (npm.status !== 0) {
    process.stderr.write('npm ci failed, see above. Check the network and the registry settings, then run again.\n')
    process.exit(1)
  }
}

const [script, ...args] = process.argv.slice(2)
if (!script) {
  process.stderr.write('Usage: node scripts/bootstrap.mjs SCRIPT.ts [ARGS…]\n')
  process.exit(2)
}
const child = spawn(pinnedNode, [path.resolve(root, script), ...args], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
