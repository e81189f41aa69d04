// Runs on whatever Node ≥ 20 the machine has: installs what package-lock.json names, then hands over to the pinned Node.
// Plain JavaScript because an older Node cannot read TypeScript; everything after this file is TypeScript.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..')
const stampFile = path.join(root, 'node_modules', '.install-stamp')
const pinnedNode = path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

const wanted = createHash('sha256')
  .update(readFileSync(path.join(root, 'package-lock.json')))
  .digest('hex')
const installed = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : ''

if (installed !== wanted || !existsSync(pinnedNode)) {
  process.stderr.write('Installing dependencies (the first time takes a minute or two)…\n')
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (npm.status !== 0) {
    process.stderr.write('npm ci failed: see the lines above. Check the network and the registry settings, then run again.\n')
    process.exit(1)
  }
  writeFileSync(stampFile, wanted)
}

const [script, ...args] = process.argv.slice(2)
if (!script) {
  process.stderr.write('Usage: node scripts/bootstrap.mjs SCRIPT.ts [ARGS…]\n')
  process.exit(2)
}
const child = spawn(pinnedNode, [path.resolve(root, script), ...args], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
