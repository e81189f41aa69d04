import { describe, expect, test } from 'vitest'
import { createLog, safeUrl } from './log.ts'

function lineOf(object: object): string {
  const lines: string[] = []
  createLog({ debug: true, destination: { write: (line) => lines.push(line) } }).info(object, 'said')
  return lines.join('')
}

describe('a log line', () => {
  test.each([
    ['an authorization header', { headers: { authorization: 'Bearer hunter2' } }],
    ['cookies both ways', { cookie: 'r=hunter2', reply: { 'set-cookie': ['r=hunter2'] } }],
    ['a password and its like', { body: { newPassword: 'hunter2', password: 'hunter2' } }],
    ['tokens of every kind', { accessToken: 'hunter2', refreshToken: 'hunter2', token: 'hunter2' }],
    ['a marking code', { body: { code: 'hunter2' } }],
    ['a query', { req: { method: 'GET', url: '/c?code=hunter2' } }],
    ['an invite link', { req: { method: 'GET', url: '/invite/hunter2AAAAAAAAAAAAAAAAAAAAAA' } }],
    ['an address with a password', { databaseUrl: 'postgres://u:hunter2@db/x' }],
    ['a child request of raw headers', { req: { method: 'GET', url: '/', headers: { cookie: 'hunter2' } } }],
  ])('hides %s', (_what, object) => {
    expect(lineOf(object)).not.toContain('hunter2')
  })

  test('never holds bytes of a face, whatever they are called', () => {
    const line = lineOf({
      upload: Buffer.from([255, 216, 255, 224]),
      nested: { vector: new Float32Array(512).fill(0.25) },
    })
    expect(line).toContain('[4 bytes]')
    expect(line).toContain('[2048 bytes]')
    expect(line).not.toContain('0.25')
    expect(lineOf({ numbers: Array.from({ length: 512 }, () => 0.25) })).not.toContain('0.25')
  })

  test('keeps what helps: ids, codes of errors, messages, causes', () => {
    const error = Object.assign(new Error('it broke', { cause: new Error('the disk') }), { code: 'ENOSPC' })
    const line = lineOf({ err: error, institutionId: '01890a5d-ac96-774b-bcce-b302099a8057', statusCode: 500 })
    for (const part of ['it broke', 'the disk', 'ENOSPC', '01890a5d-ac96-774b-bcce-b302099a8057', '"level":"info"']) {
      expect(line).toContain(part)
    }
  })
})

test('an address in the log keeps its ids and loses its tokens', () => {
  expect(safeUrl('/api/sessions/01890a5d-ac96-774b-bcce-b302099a8057/board?x=1')).toBe(
    '/api/sessions/01890a5d-ac96-774b-bcce-b302099a8057/board',
  )
  expect(safeUrl('/assets/use-correction-requests')).toBe('/assets/use-correction-requests')
  expect(safeUrl('/invite/hunterAAAAAAAAAAAAAAAAAAAA')).toBe('/invite/[hidden]')
  expect(safeUrl('/reset/9f8e7d6c5b4a39281706f5e4d3c2b1a0/confirm')).toBe('/reset/[hidden]/confirm')
})
