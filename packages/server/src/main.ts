import { randomBytes, randomInt } from 'node:crypto'
import path from 'node:path'
import { createVisionPool } from '@app/vision'
import manifest from '../package.json' with { type: 'json' }
import { buildApp } from './app.ts'
import { type Config, ConfigError, loadConfig, secretKeyOf } from './config.ts'
import { type DemoAccounts, fillDemo } from './demo/fill-demo.ts'
import { startInviteMails } from './features/accounts/index.ts'
import { startForgettingFrames } from './features/challenge/index.ts'
import { startImports } from './features/imports/index.ts'
import { listInstallation, opensDataKeys } from './features/institutions/index.ts'
import { startPolicySpotChecks } from './features/marks/index.ts'
import { startForgettingPhotos } from './features/photo-enrolment/index.ts'
import { startAnswerMails } from './features/requests/index.ts'
import { startSettlingSessions } from './features/sessions/index.ts'
import { createBackground } from './platform/background.ts'
import { createKeyring, hashToken } from './platform/crypto/keyring.ts'
import { holdDataFolder } from './platform/data-folder.ts'
import { startEmbeddedPostgres } from './platform/db/embedded.ts'
import { migrate } from './platform/db/migrate.ts'
import { openDatabase } from './platform/db/open.ts'
import { createFileStore } from './platform/files/file-store.ts'
import { type HttpsCertificate, keepHttpsCertificate, lanAddresses, terminalQr } from './platform/https-certificate.ts'
import { startJobs } from './platform/jobs/jobs.ts'
import { createLiveHub } from './platform/live/live-hub.ts'
import { createLog, type Log } from './platform/log.ts'
import { createMailer } from './platform/mail/mailer.ts'
import { readDiskSpace } from './platform/probes.ts'
import { readPhotoWith, readWith } from './vision-reader.ts'

export type StartOptions = {
  /** Fill an empty database with a demo institution. */
  demo: boolean
  /** Serve with a self-signed certificate on the local network. */
  https: boolean
  /** Instead of the configured port. */
  port?: number
  /** Folder of the built web app. */
  webDist: string
  /** Folder of the shipped face models; the configuration may lay one's own over them. */
  modelsDir: string
}

export type RunningServer = { address: string; stop(): Promise<void> }

/** Uploads that may wait for a worker before the next is asked to come back: about five seconds of work each. */
const WAITING_PER_WORKER = 16
const DATABASE_CONNECTIONS = 12
const OTHER_SECRET =
  'SECRET_KEY (or secret.key in DATA_DIR) is not the one this database was made with: its face templates cannot be opened. ' +
  'Restore that key, or start with an empty database.'

/**
 * The composition root: reads the configuration, opens everything, listens, and says where.
 * @throws ConfigError, DataFolderInUse, MigrationError, ModelUnusable; what was opened by then is closed again
 */
export async function main(options: StartOptions): Promise<RunningServer> {
  const config = await loadConfig()
  const log = createLog({ debug: config.debug })
  const closers: (() => Promise<unknown> | unknown)[] = []
  const stop = once(() => closeAll(closers.reverse()))
  try {
    const address = await open(options, config, log, (close) => closers.push(close))
    return { address, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** One that cannot close keeps none of the others open: the database and the data folder come last. */
async function closeAll(closers: readonly (() => Promise<unknown> | unknown)[]): Promise<void> {
  const failures: unknown[] = []
  for (const close of closers)
    try {
      await close()
    } catch (failure) {
      failures.push(failure)
    }
  if (failures.length > 0) throw failures[0]
}

type OnStop = (close: () => Promise<unknown> | unknown) => void

async function open(options: StartOptions, config: Config, log: Log, onStop: OnStop): Promise<string> {
  const now = () => new Date()
  const folder = await holdDataFolder(config.dataDir)
  onStop(() => folder.release())
  const databaseUrl = await openPostgres(config, log, onStop)
  await migrate(databaseUrl, log)

  const db = openDatabase(databaseUrl, {
    maxConnections: DATABASE_CONNECTIONS,
    onIdleError: (error) => log.warn({ err: error }, 'database connection lost'),
  })
  onStop(() => db.close())
  const jobs = await startJobs(databaseUrl, log)
  onStop(() => jobs.close())
  const live = await createLiveHub(databaseUrl, log)
  onStop(() => live.close())
  const mailer = config.mail ? createMailer({ url: config.mail.smtpUrl, from: config.mail.from }) : null
  onStop(() => mailer?.close())
  const vision = await createVisionPool({
    modelsDir: options.modelsDir,
    ownModelsDir: config.ownModelsDir ?? null,
    workers: config.visionWorkers,
    maxQueue: config.visionWorkers * WAITING_PER_WORKER,
  })
  onStop(() => vision.close())

  const background = createBackground((error) => log.error({ err: error }, 'work in the background failed'))
  onStop(() => background.stop())
  const keyring = createKeyring(await secretKeyOf(config))
  if (!(await opensDataKeys({ db, keyring }))) throw new ConfigError([OTHER_SECRET])
  const demo = options.demo ? await fillDemo({ db, keyring, now, dataDir: config.dataDir }) : null
  const setUpToken = (await db.outside(listInstallation)).length === 0 ? randomBytes(32).toString('base64url') : null
  const certificate = options.https ? await keepHttpsCertificate(config.dataDir, lanAddresses(), now()) : null

  const host = options.https && config.host === '127.0.0.1' ? '0.0.0.0' : config.host
  const port = options.port ?? config.port
  // The links need the port, and port 0 is known only once the server listens: links read it when they are made.
  let listening = port
  const deps = {
    db,
    keyring,
    live,
    jobs,
    mailer,
    files: createFileStore(path.join(config.dataDir, 'files')),
    readFrames: readWith(vision),
    readPhoto: readPhotoWith(vision),
    background,
    faceModel: vision.embedder,
    probes: {
      version: manifest.version,
      startedAt: now(),
      vision: () => vision.health(),
      disk: () => readDiskSpace(config.dataDir),
    },
    now,
    drawNumber: (bound: number) => randomInt(bound),
    get publicUrl() {
      return config.publicUrl ?? localAddress(options.https, listening)
    },
    setUpTokenHash: setUpToken === null ? null : hashToken(setUpToken),
    webDist: options.webDist,
    trustedProxies: config.trustedProxies,
    https: certificate,
    log,
  }
  const app = await buildApp(deps)
  onStop(() => app.close())
  await startInviteMails(deps)
  await startAnswerMails(deps)
  await startSettlingSessions(deps)
  await startForgettingFrames(deps)
  await startForgettingPhotos(deps)
  await startPolicySpotChecks(deps)
  await startImports(deps)
  await app.listen({ host, port })
  const bound = app.server.address()
  if (bound !== null && typeof bound === 'object') listening = bound.port
  await folder.announce(deps.publicUrl)
  await greet({ address: deps.publicUrl, setUpToken, demo, certificate, mailIsSent: mailer !== null })
  return deps.publicUrl
}

async function openPostgres(config: Config, log: Log, onStop: OnStop): Promise<string> {
  if (config.databaseUrl !== undefined) return config.databaseUrl
  const postgres = await startEmbeddedPostgres(config.dataDir, log)
  onStop(() => postgres.stop())
  return postgres.url
}

function localAddress(isHttps: boolean, port: number): string {
  if (!isHttps) return `http://localhost:${port}`
  return `https://${lanAddresses()[0] ?? 'localhost'}:${port}`
}

type Greeting = {
  address: string
  setUpToken: string | null
  demo: DemoAccounts | null
  certificate: HttpsCertificate | null
  mailIsSent: boolean
}

async function greet({ address, setUpToken, demo, certificate, mailIsSent }: Greeting): Promise<void> {
  const lines = ['', `Smart Attendance is ready: ${address}`]
  if (certificate)
    lines.push(
      'Scan to open it on a phone; accept its warning once (the certificate is our own):',
      await terminalQr(address),
    )
  if (setUpToken !== null)
    lines.push(
      'Nothing is set up yet. Make the first institution here (works once):',
      `  ${address}/set-up#${setUpToken}`,
    )
  if (demo) lines.push('', 'This is a demo. Its accounts:', ...demo.lines.map((line) => `  ${line}`))
  if (!mailIsSent) lines.push('', 'No SMTP_URL is set: invite links are shown to copy instead of mailed.')
  lines.push('Ctrl-C stops it.', '')
  process.stdout.write(`${lines.join('\n')}\n`)
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= work()
    return running
  }
}
