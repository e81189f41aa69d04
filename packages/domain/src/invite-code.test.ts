import fc from 'fast-check'
import { expect, it } from 'vitest'
import { INVITE_CODE_BYTES, inviteCodeFrom, readInviteCode } from './invite-code.ts'

const Random = fc.uint8Array({ minLength: INVITE_CODE_BYTES, maxLength: INVITE_CODE_BYTES })

it('is five groups of four letters, none of which is taken for another', () => {
  fc.assert(
    fc.property(Random, (random) => {
      expect(inviteCodeFrom(random)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){4}$/)
    }),
  )
})

it('is another one for every other hundred bits', () => {
  fc.assert(
    fc.property(Random, fc.integer({ min: 0, max: 99 }), (random, bit) => {
      const other = random.slice()
      other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (128 >> (bit & 7))
      expect(inviteCodeFrom(other)).not.toBe(inviteCodeFrom(random))
    }),
  )
})

it.each([
  ['in small letters', 'abcd-ef01-2345-6789-wxyz'],
  ['without separators', 'ABCDEF0123456789WXYZ'],
  ['with spaces', ' ABCD EF01 2345 6789 WXYZ '],
  ['with the letters that look like digits', 'ABCD-EFOI-2345-6789-WXYZ'],
])('is read %s', (_, typed) => {
  expect(readInviteCode(typed)).toBe('ABCD-EF01-2345-6789-WXYZ')
})

it.each([
  '',
  'ABCD-EF01-2345-6789-WXY',
  'ABCD-EF01-2345-6789-WXYZ2',
  'ABCD-EF01-2345-6789-WXYU',
  'ABCD.EF01.2345.6789.WXYZ',
])('is not read from "%s"', (typed) => {
  expect(readInviteCode(typed)).toBeNull()
})
