import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'

const USAGE = `Usage: npm run -s bench -- NAME [OPTIONS] [--json]
  recognition --images DIR --pairs FILE       verification on labelled pairs
  identify    --images DIR                    one of many, in a folder a person
  thresholds  --images DIR                    the similarity table, from every pair of a folder a person
  pad         --images DIR --manifest FILE    anti-spoofing on labelled pictures
  fit-fusion  --data DIR                      fits and writes the weights of the anti-spoof score
  liveness    --clips DIR --manifest FILE     the whole challenge on clips
  seen-before --clips DIR                     frames sent again, and honest ones
With --json, standard output is one JSON object. Results are kept in bench/results/.`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    images: { type: 'string' },
    pairs: { type: 'string' },
    manifest: { type: 'string' },
    clips: { type: 'string' },
    data: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})

const [name = ''] = positionals
const result = await run(name)
await keep(name, result)
process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${JSON.stringify(result, null, 2)}\n`)
process.exit(0)

async function run(bench: string): Promise<object> {
  switch (bench) {
    case 'recognition':
      return (await import('./recognition.ts')).recognition({ images: need('images'), pairs: need('pairs') })
    case 'thresholds':
      return (await import('./thresholds.ts')).thresholds({ images: need('images') })
    case 'fit-fusion':
      return (await import('./fit-fusion.ts')).fitFusion({ data: need('data') })
    case 'identify':
      return (await import('./identify.ts')).identify({ images: need('images') })
    case 'pad':
      return (await import('./pad.ts')).pad({ images: need('images'), manifest: need('manifest') })
    case 'seen-before':
      return (await import('./seen-before.ts')).seenBefore({ clips: need('clips') })
    case 'liveness':
      return (await import('./liveness.ts')).liveness({ clips: need('clips'), manifest: need('manifest') })
    default:
      return fail(bench === '' ? 'Which bench?' : `There is no bench called ${bench}.`)
  }
}

function need(option: 'images' | 'pairs' | 'manifest' | 'clips' | 'data'): string {
  return values[option] ?? fail(`--${option} is missing.`)
}

function fail(problem: string): never {
  process.stderr.write(`${problem}\n${USAGE}\n`)
  process.exit(2)
}

/** Kept in the repository, so that the next run has something to be compared with. */
async function keep(bench: string, result: object): Promise<void> {
  const folder = path.resolve(import.meta.dirname, 'results')
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, `${bench}.json`), `${JSON.stringify(result, null, 2)}\n`)
}
