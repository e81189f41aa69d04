import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { keepSecret } from './platform/data-folder.ts'

/** Everything the installation can be told from outside, parsed. */
export type Config = {
  /** Signs tokens and codes and wraps the keys of the templates; `undefined`: generated into the data folder. */
  secretKey: string | undefined
  /** A PostgreSQL of one's own; `undefined`: the embedded one, under the data folder. */
  databaseUrl: string | undefined
  debug: boolean
  /** 0 takes any free port. */
  port: number
  host: string
  /** The origin that links in mails and QR codes begin with, without a slash at its end. */
  publicUrl: string | undefined
  /** Absolute. */
  dataDir: string
  mail: { smtpUrl: string; from: string } | undefined
  /** Worker threads that read frames, one set of model sessions each. */
  visionWorkers: number
  /** Folder whose models.json replaces some of the shipped face models, absolute; `undefined`: the shipped ones. */
  ownModelsDir: string | undefined
  /** How many proxies in front are trusted to tell the caller's address; 0 trusts none. */
  trustedProxies: number
}

/** One line for each variable that is wrong, naming it and what to do. */
export class ConfigError extends Error {
  readonly lines: readonly string[]
  constructor(lines: readonly string[]) {
    super(lines.join('\n'))
    this.name = 'ConfigError'
    this.lines = lines
  }
}

const NEW_SECRET = 'make one with: openssl rand -base64 48'
const KNOWN_DEFAULTS =
  /change-?_?me|replace-?_?me|your[-_ ]?(secret|key)|django-insecure|placeholder|example|default|secret|password|qwerty|12345678|abcdefgh/i

/** Says why a key can be guessed, or nothing. A random 24-byte key in base64 or hex passes every line. */
function weaknessOfSecret(secret: string): string | undefined {
  if (secret.length < 32) return `has ${secret.length} characters and needs at least 32`
  if (KNOWN_DEFAULTS.test(secret)) return 'is a known default or an example'
  if (/^(.{1,16}?)\1+.{0,15}$/s.test(secret) || new Set(secret).size < 10) return 'repeats itself and can be guessed'
  return undefined
}

const secretKey = z.string().superRefine((secret, context) => {
  const weakness = weaknessOfSecret(secret)
  if (weakness) context.addIssue({ code: 'custom', message: `${weakness}; ${NEW_SECRET}` })
})

function urlWith(protocols: string[], example: string) {
  const message = `must be an address such as ${example}`
  return z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message,
    abort: true,
  })
}

const origin = urlWith(['http:', 'https:'], 'https://attendance.school.edu')
  .refine((text) => {
    const url = new URL(text)
    return url.pathname === '/' && !url.search && !url.hash && !url.username
  }, 'must be an origin only, such as https://attendance.school.edu, without a path')
  .transform((text) => new URL(text).origin)

const wholeNumber = (least: number, most: number) => {
  const message = `must be a whole number from ${least} to ${most}`
  return z
    .string()
    .regex(/^\d+$/, message)
    .transform(Number)
    .refine((number) => number >= least && number <= most, message)
}

const environmentSchema = z
  .object({
    SECRET_KEY: secretKey.optional(),
    DATABASE_URL: urlWith(
      ['postgres:', 'postgresql:'],
      'postgres://user:password@localhost:5432/attendance',
    ).optional(),
    DEBUG: z.stringbool({ error: 'must be true or false' }).default(false),
    PORT: wholeNumber(0, 65_535).default(3000),
    HOST: z.string().default('127.0.0.1'),
    PUBLIC_URL: origin.optional(),
    DATA_DIR: z.string().default('data'),
    SMTP_URL: urlWith(['smtp:', 'smtps:'], 'smtps://user:password@mail.school.edu:465').optional(),
    MAIL_FROM: z.string().includes('@', 'must be an e-mail address, with or without a name before it').optional(),
    VISION_WORKERS: wholeNumber(1, 64).optional(),
    MODELS_DIR: z.string().optional(),
    TRUSTED_PROXIES: wholeNumber(0, 8).default(0),
  })
  .superRefine((environment, context) => {
    if (environment.SMTP_URL && !environment.MAIL_FROM) {
      const message = 'is needed with SMTP_URL: the address that mails come from'
      context.addIssue({ code: 'custom', path: ['MAIL_FROM'], message })
    }
  })

type Environment = Record<string, string | undefined>

/**
 * Parses an environment; an empty value counts as absent, since compose files pass those on.
 * `root` is where relative paths start: the project's folder, whatever the working directory.
 * @throws ConfigError naming every variable that is wrong.
 */
export function parseConfig(environment: Environment, root: string): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()))
  const parsed = environmentSchema.safeParse(given)
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`))
  }
  const { SMTP_URL, MAIL_FROM, ...rest } = parsed.data
  return {
    secretKey: rest.SECRET_KEY,
    databaseUrl: rest.DATABASE_URL,
    debug: rest.DEBUG,
    port: rest.PORT,
    host: rest.HOST,
    publicUrl: rest.PUBLIC_URL,
    dataDir: path.resolve(root, rest.DATA_DIR),
    mail: SMTP_URL && MAIL_FROM ? { smtpUrl: SMTP_URL, from: MAIL_FROM } : undefined,
    visionWorkers: rest.VISION_WORKERS ?? availableParallelism(),
    ownModelsDir: rest.MODELS_DIR === undefined ? undefined : path.resolve(root, rest.MODELS_DIR),
    trustedProxies: rest.TRUSTED_PROXIES,
  }
}

/**
 * Reads `.env` in the project's folder, where there is one, under the real environment, which wins.
 * @throws ConfigError
 */
export async function loadConfig(root: string = path.resolve(import.meta.dirname, '../../..')): Promise<Config> {
  const file = await readFile(path.join(root, '.env'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw new ConfigError([`.env cannot be read: ${error.message}.`])
  })
  return parseConfig({ ...parseEnv(file), ...process.env }, root)
}

/** The key that was set, or the one that this data folder keeps. Call it while holding the folder. */
export async function secretKeyOf({ secretKey, dataDir }: Config): Promise<string> {
  return secretKey ?? (await keepSecret(dataDir, 'secret.key', () => randomBytes(48).toString('base64')))
}
