import { parseArgs } from 'node:util'

/** What `npm start --` was told. */
export type StartArguments = {
  kind: 'start'
  demo: boolean
  https: boolean
  port: number | undefined
  /** False in an image that was prepared when it was built: no registry, no build tools. */
  isToPrepare: boolean
}

export const HELP = `Usage: npm start [-- OPTIONS]

  --demo          on an empty database, fill a demo institution and print its accounts
  --https         serve with a self-signed certificate on the local network, so that phones may use their camera
  --port N        listen on port N (default: PORT, or 3000; 0 takes any free one)
  --only-prepare  fetch the models and build the web app, then end
  --skip-prepare  start with models and web app as they are
  --help          this text

Settings are read from the environment and from .env; .env.example explains each.
`

/** Parses the arguments, or says what is wrong with them in one sentence. */
export function parseStartArguments(
  argv: readonly string[],
): StartArguments | { kind: 'help' } | { kind: 'prepare' } | { kind: 'wrong'; message: string } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        demo: { type: 'boolean', default: false },
        https: { type: 'boolean', default: false },
        port: { type: 'string' },
        'only-prepare': { type: 'boolean', default: false },
        'skip-prepare': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
      strict: true,
    })
    if (values.help) return { kind: 'help' }
    if (values['only-prepare']) return { kind: 'prepare' }
    if (values.port !== undefined && !(/^\d{1,5}$/.test(values.port) && Number(values.port) <= 65_535)) {
      return { kind: 'wrong', message: `--port must be a whole number from 0 to 65535, not "${values.port}".` }
    }
    const port = values.port === undefined ? undefined : Number(values.port)
    return { kind: 'start', demo: values.demo, https: values.https, port, isToPrepare: !values['skip-prepare'] }
  } catch (error) {
    // Node's sentence goes on with advice about "--" that is not ours.
    const [sentence] = (error instanceof Error ? error.message : String(error)).split('. ', 1)
    return { kind: 'wrong', message: `${sentence}.` }
  }
}
