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
  robustness  --clips DIR --manifest FILE     the same under other light, noise, hands and cameras
  seen-before --clips DIR                     frames sent again, and honest ones
  flash       --clips DIR                     the colour-flash check, on clips with a drawn screen's light
  board       --students N                    from the commit of a mark to the tile in a browser, two servers
  crowd       --clips DIR --manifest FILE --students N --seconds S
                                              a class that checks in at once, through the pool of workers
  soak        --check-ins N [--clips DIR]     memory and workers over many uploads, honest and hostile
  peers       --images DIR --pairs FILE [--pad DIR --manifest FILE] [--most N]
                                              the same work by @vladmandic/human and face-api; all pairs rewrite the
                                              table in docs/benchmarks.md
  import      --rows N                        a list of N students, previewed and taken
  people      --people N                      the directory and the overview over so many people
With --json, standard output is one JSON object. Results are kept in bench/results/.`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    images: { type: 'string' },
    pairs: { type: 'string' },
    manifest: { type: 'string' },
    clips: { type: 'string' },
    data: { type: 'string' },
    pad: { type: 'string' },
    most: { type: 'string' },
    'check-ins': { type: 'string' },
    rows: { type: 'string' },
    students: { type: 'string' },
    seconds: { type: 'string' },
    people: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})

const [name = ''] = positionals
const result = await run(name)
await keep(name === 'import' ? `import-${need('rows')}` : name, result)
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
    case 'robustness':
      return (await import('./robustness.ts')).robustness({ clips: need('clips'), manifest: need('manifest') })
    case 'flash':
      return (await import('./flash.ts')).flash({ clips: need('clips') })
    case 'board':
      return (await import('./board.ts')).boardBench({ students: wholeFrom('students', 2) })
    case 'crowd':
      return (await import('./crowd.ts')).crowd({
        clips: need('clips'),
        manifest: need('manifest'),
        students: wholeFrom('students', 1),
        seconds: wholeFrom('seconds', 1),
      })
    case 'soak':
      return (await import('./soak.ts')).soak({ checkIns: wholeFrom('check-ins', 100), clips: values.clips ?? null })
    case 'people':
      return (await import('./people.ts')).people({ people: wholeFrom('people', 1000) })
    case 'peers':
      return comparePeers()
    case 'import':
      return (await import('./import.ts')).importBench({ rows: Number(need('rows')) })
    default:
      return fail(bench === '' ? 'Which bench?' : `There is no bench called ${bench}.`)
  }
}

async function comparePeers(): Promise<object> {
  const { pad, manifest } = values
  if ((pad === undefined) !== (manifest === undefined)) fail('--pad and --manifest go together.')
  if (pad === undefined) process.stderr.write('Without --pad DIR --manifest FILE the anti-spoof AUC is left out.\n')
  const most = values.most === undefined ? null : wholeFrom('most', 20)
  const { peers } = await import('./peers.ts')
  const result = await peers({
    images: need('images'),
    pairs: need('pairs'),
    pad: pad === undefined || manifest === undefined ? null : { images: pad, manifest },
    most,
  })
  if (most === null) await (await import('./peers-table.ts')).writePeersTable(result)
  return result
}

function wholeFrom(option: TextOption, least: number): number {
  const number = Number(need(option))
  return Number.isInteger(number) && number >= least ? number : fail(`--${option} is a whole number from ${least} on.`)
}

type TextOption = Exclude<keyof typeof values, 'json'>

function need(option: TextOption): string {
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
