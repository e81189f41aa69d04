import { X509Certificate } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { hostname, networkInterfaces } from 'node:os'
import path from 'node:path'
import qrcode from 'qrcode'
import { generate } from 'selfsigned'

const DAY_MS = 86_400_000
/** Browsers refuse certificates that run for more than 398 days. */
const VALID_DAYS = 397
const RENEW_BEFORE_MS = 14 * DAY_MS

/** PEM texts, as `https.createServer` takes them. */
export type HttpsCertificate = { key: string; cert: string }

/** The IPv4 addresses under which others on the network reach this computer. */
export function lanAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)
    .sort()
}

/**
 * The self-signed certificate of this installation, kept in `<dataDir>/https` (key mode 0600) so that a phone that has
 * accepted it once is not asked again; made anew when it runs out or does not name one of `addresses`.
 */
export async function keepHttpsCertificate(
  dataDir: string,
  addresses: readonly string[],
  now: Date,
): Promise<HttpsCertificate> {
  const dir = path.join(dataDir, 'https')
  const file = path.join(dir, 'key-and-certificate.pem')
  const kept = parsePair(await readFile(file, 'utf8').catch(() => ''))
  if (kept && stillServes(kept, addresses, now)) return kept
  const made = await makeCertificate(addresses, now)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  // One file and one rename: a key never stands beside the certificate of another.
  await writeFile(`${file}.new`, `${made.key.trim()}\n${made.cert.trim()}\n`, { mode: 0o600 })
  await rename(`${file}.new`, file)
  return made
}

function parsePair(pem: string): HttpsCertificate | undefined {
  const [key] = pem.match(/-----BEGIN [A-Z ]*PRIVATE KEY-----.+?-----END [A-Z ]*PRIVATE KEY-----/s) ?? []
  const [cert] = pem.match(/-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----/s) ?? []
  return key && cert ? { key, cert } : undefined
}

function stillServes({ cert }: HttpsCertificate, addresses: readonly string[], now: Date): boolean {
  try {
    const certificate = new X509Certificate(cert)
    const lasts = certificate.validToDate.getTime() - now.getTime() > RENEW_BEFORE_MS
    return lasts && addresses.every((address) => certificate.checkIP(address))
  } catch {
    return false
  }
}

async function makeCertificate(addresses: readonly string[], now: Date): Promise<HttpsCertificate> {
  const ips = [...new Set(['127.0.0.1', '::1', ...addresses])]
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'Smart Attendance (self-signed)' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // A phone's clock may be behind ours.
    notBeforeDate: new Date(now.getTime() - DAY_MS),
    notAfterDate: new Date(now.getTime() + (VALID_DAYS - 1) * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 2, value: hostname() },
          ...ips.map((ip) => ({ type: 7 as const, ip })),
        ],
      },
    ],
  })
  return { key, cert }
}

/** The address as a QR code of half-height blocks, to be scanned from a terminal. */
export function terminalQr(address: string): Promise<string> {
  return qrcode.toString(address, { type: 'terminal', small: true, errorCorrectionLevel: 'L' })
}
