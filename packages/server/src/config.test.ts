import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { ConfigError, loadConfig, parseConfig } from './config.ts'

const complaints = (environment: Record<string, string>): readonly string[] => {
  try {
    parseConfig(environment, '/app')
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.lines
    throw error
  }
}

describe('configuration', () => {
  test('needs nothing: the defaults are a local installation', () => {
    expect(parseConfig({}, '/app')).toMatchObject({
      secretKey: undefined,
      databaseUrl: undefined,
      debug: false,
      port: 3000,
      host: '127.0.0.1',
      publicUrl: undefined,
      dataDir: '/app/data',
      mail: undefined,
      ownModelsDir: undefined,
    })
    expect(parseConfig({}, '/app').visionWorkers).toBe(availableParallelism())
  })

  test('takes an empty value for an absent one', () => {
    expect(parseConfig({ PORT: '', SECRET_KEY: ' ', DATABASE_URL: '' }, '/app').port).toBe(3000)
  })

  test('reads every variable', () => {
    const environment = {
      SECRET_KEY: randomBytes(48).toString('base64'),
      DATABASE_URL: 'postgres://u:p@db:5432/attendance',
      DEBUG: 'true',
      PORT: '8080',
      HOST: '0.0.0.0',
      PUBLIC_URL: 'https://attendance.school.edu/',
      DATA_DIR: '/srv/attendance',
      SMTP_URL: 'smtp://mail:25',
      MAIL_FROM: 'Attendance <a@school.edu>',
      VISION_WORKERS: '3',
      MODELS_DIR: 'models',
      TRUSTED_PROXIES: '1',
    }
    expect(parseConfig(environment, '/app')).toEqual({
      secretKey: environment.SECRET_KEY,
      databaseUrl: environment.DATABASE_URL,
      debug: true,
      port: 8080,
      host: '0.0.0.0',
      publicUrl: 'https://attendance.school.edu',
      dataDir: '/srv/attendance',
      mail: { smtpUrl: 'smtp://mail:25', from: 'Attendance <a@school.edu>' },
      visionWorkers: 3,
      ownModelsDir: '/app/models',
      trustedProxies: 1,
    })
  })

  test.each([
    ['changeme', 'at least 32'],
    ['secret', 'at least 32'],
    ['a'.repeat(64), 'repeats itself'],
    ['changeme'.repeat(5), 'known default'],
    ['k8Fj2Lp0'.repeat(6), 'repeats itself'],
    [`django-insecure-${randomBytes(24).toString('hex')}`, 'known default'],
    ['super-secret-key-of-our-own-school', 'known default'],
    ['aabbaabbbaabababbabaabbababababba', 'repeats itself'],
  ])('refuses %s as SECRET_KEY', (secret, why) => {
    expect(complaints({ SECRET_KEY: secret })).toEqual([
      expect.stringMatching(new RegExp(`^SECRET_KEY .*${why}.*openssl rand`)),
    ])
  })

  test('never repeats the secret in its complaint', () => {
    expect(complaints({ SECRET_KEY: 'hunter2-hunter2' }).join()).not.toContain('hunter2')
  })

  test('takes random keys in hex and in base64', () => {
    for (let i = 0; i < 500; i++) {
      expect(complaints({ SECRET_KEY: randomBytes(16).toString('hex') })).toEqual([])
      expect(complaints({ SECRET_KEY: randomBytes(48).toString('base64') })).toEqual([])
    }
  })

  test.each([
    ['DATABASE_URL', 'mysql://root@db/x'],
    ['DEBUG', 'perhaps'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['PORT', 'http'],
    ['PUBLIC_URL', 'attendance.school.edu'],
    ['PUBLIC_URL', 'https://school.edu/attendance'],
    ['SMTP_URL', 'mail.school.edu'],
    ['MAIL_FROM', 'nobody'],
    ['VISION_WORKERS', '0'],
  ])('names %s when it is %s', (name, value) => {
    expect(complaints({ [name]: value })[0]).toMatch(new RegExp(`^${name} .+[.]$`))
  })

  test('asks for MAIL_FROM when mail is sent', () => {
    expect(complaints({ SMTP_URL: 'smtp://mail:25' })).toEqual([expect.stringContaining('MAIL_FROM')])
  })

  test('names everything that is wrong at once', () => {
    expect(complaints({ PORT: 'x', DEBUG: 'x' })).toHaveLength(2)
  })

  test('reads .env under the real environment', async () => {
    const root = await mkdtemp(path.join(tmpdir(), 'config-'))
    await writeFile(path.join(root, '.env'), 'DATA_DIR="./elsewhere" # comment\nPATH=never\n')
    expect((await loadConfig(root)).dataDir).toBe(path.join(root, 'elsewhere'))
    await rm(root, { recursive: true })
  })

  test('.env.example explains every variable and is itself a valid, empty configuration', async () => {
    const example = await readFile(path.resolve(import.meta.dirname, '../../../.env.example'), 'utf8')
    const source = await readFile(path.join(import.meta.dirname, 'config.ts'), 'utf8')
    const names = [...source.matchAll(/^ {4}([A-Z_]+): /gm)].map((match) => match[1])
    expect(names.length).toBeGreaterThan(9)
    expect(names.filter((name) => !example.includes(`${name}=`))).toEqual([])
    expect(complaints(parseEnv(example) as Record<string, string>)).toEqual([])
  })
})
