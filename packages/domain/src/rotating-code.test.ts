import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  acceptedCounters,
  CODE_LENGTH,
  CODE_PERIOD_MS,
  codeChangesAt,
  codeCounter,
  codeFromMac,
  normaliseCode,
} from './rotating-code.ts'

const instant = fc.integer({ min: 0, max: 4_000_000_000_000 }).map((ms) => new Date(ms))
const mac = fc.uint8Array({ minLength: 4, maxLength: 32 })

describe('the code on the screen', () => {
  test('changes every five seconds, at the same moment for everybody', () => {
    expect(codeCounter(new Date(9_999))).toBe(1)
    expect(codeCounter(new Date(10_000))).toBe(2)
    expect(codeChangesAt(new Date(10_000))).toEqual(new Date(15_000))
  })

  test('is taken while it is shown and for the period after, never before', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: -3, max: 3 }), (shownAt, periods) => {
        const typedAt = new Date(shownAt.getTime() + periods * CODE_PERIOD_MS)
        const isTaken = acceptedCounters(typedAt).includes(codeCounter(shownAt))
        expect(isTaken).toBe(periods === 0 || periods === 1)
      }),
    )
  })

  test('gives way to the next exactly when it says so', () => {
    fc.assert(
      fc.property(instant, (now) => {
        const change = codeChangesAt(now)
        expect(change.getTime()).toBeGreaterThan(now.getTime())
        expect(codeCounter(new Date(change.getTime() - 1))).toBe(codeCounter(now))
        expect(codeCounter(change)).toBe(codeCounter(now) + 1)
      }),
    )
  })
})

describe('the letters of a code', () => {
  test.each([
    [[0, 0, 0, 0], '000000'],
    [[0xff, 0xff, 0xff, 0xff], 'ZZZZZZ'],
    [[0x12, 0x34, 0x56, 0x78], '28T5CY'],
  ])('of the MAC %j are %s', (bytes, code) => {
    expect(codeFromMac(Uint8Array.from(bytes))).toBe(code)
  })

  test('carry the first thirty bits and nothing else', () => {
    fc.assert(
      fc.property(mac, (bytes) => {
        const value = [...codeFromMac(bytes)].reduce(
          (sum, letter) => sum * 32 + '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(letter),
          0,
        )
        const [a = 0, b = 0, c = 0, d = 0] = bytes
        expect(value).toBe(Math.floor((a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / 4))
      }),
    )
  })

  test('need four bytes', () => {
    expect(() => codeFromMac(new Uint8Array(3))).toThrow(RangeError)
  })
})

describe('what somebody typed', () => {
  test.each([
    ['ab c-12', 'ABC12'],
    ['o1il', '0111'],
    [' 28t5cy\n', '28T5CY'],
  ])('as %j is %s', (typed, code) => {
    expect(normaliseCode(typed)).toBe(code)
  })

  test('from the screen is the code, however it was spaced, cased and mistaken', () => {
    fc.assert(
      fc.property(mac, fc.nat(CODE_LENGTH), fc.constantFrom(' ', '-', ' - '), (bytes, gapAt, gap) => {
        const code = codeFromMac(bytes)
        const mistaken = code.replaceAll('0', 'O').replaceAll('1', 'l').toLowerCase()
        expect(normaliseCode(mistaken.slice(0, gapAt) + gap + mistaken.slice(gapAt))).toBe(code)
      }),
    )
  })
})
