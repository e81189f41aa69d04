import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { keepHttpsCertificate, lanAddresses, terminalQr } from './https-certificate.ts'

const now = new Date()
const later = (days: number) => new Date(now.getTime() + days * 86_400_000)

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'https-'))
})
afterEach(() => rm(dir, { recursive: true }))

const keep = (addresses: string[], at = now) => keepHttpsCertificate(dir, addresses, at)

describe('the self-signed certificate', () => {
  test('names localhost and each address, and is accepted by a client that trusts it', async () => {
    const { key, cert } = await keep(['192.168.1.7'])
    const certificate = new X509Certificate(cert)
    expect(certificate.checkHost('localhost')).toBe('localhost')
    for (const ip of ['127.0.0.1', '::1', '192.168.1.7']) expect(certificate.checkIP(ip)).toBe(ip)
    expect(certificate.checkIP('10.0.0.1')).toBeUndefined()

    const server = https.createServer({ key, cert }, (_request, reply) => reply.end('hello')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const request = https.get({ host: '127.0.0.1', port, ca: cert, agent: false })
    const [reply] = await once(request, 'response')
    expect(reply.statusCode).toBe(200)
    reply.resume()
    server.close()
    server.closeAllConnections()
  })

  test('is kept over starts, its key for the owner only', async () => {
    const first = await keep(['192.168.1.7'])
    expect((await keep(['192.168.1.7'], later(300))).cert.trim()).toBe(first.cert.trim())
    expect((await keep([])).cert.trim()).toBe(first.cert.trim())
    expect((await stat(path.join(dir, 'https/key-and-certificate.pem'))).mode & 0o777).toBe(0o600)
  })

  test('is made anew before it runs out, when the address changes, and when the file is broken', async () => {
    const { cert } = await keep(['192.168.1.7'])
    const renewed = await keep(['192.168.1.7'], later(390))
    expect(renewed.cert).not.toBe(cert)
    const moved = await keep(['192.168.1.8'])
    expect(new X509Certificate(moved.cert).checkIP('192.168.1.8')).toBe('192.168.1.8')
    await writeFile(path.join(dir, 'https/key-and-certificate.pem'), 'what?')
    expect((await keep(['192.168.1.8'])).cert).not.toBe(moved.cert)
  })

  test('runs no longer than browsers accept', async () => {
    const { validFromDate, validToDate } = new X509Certificate((await keep([])).cert)
    expect((validToDate.getTime() - validFromDate.getTime()) / 86_400_000).toBeLessThanOrEqual(398)
  })
})

test('addresses of the network are no loopback addresses', () => {
  expect(lanAddresses().filter((address) => address.startsWith('127.'))).toEqual([])
})

test('an address is printed as a QR of blocks', async () => {
  expect(await terminalQr('https://192.168.1.7:3000')).toMatch(/[▀▄█]/)
})
