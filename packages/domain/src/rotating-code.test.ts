import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  acceptedCounters,
  CODE_LENGTH,
  codeChangesAt,
  codeCounter,
  codeFromMac,
  expiredCounters,
} from './rotating-code.ts'
import { normaliseCode } from './typed-letters.ts'

const instant = fc.integer({ min: 0, max: 4_000_000_000_000 }).map((ms) => new Date(ms))
const mac = fc.uint8Array({ minLength: 4, maxLength: 32 })

const period = fc.integer({ min: 3, max: 60 })

describe('the code on the screen', () => {
  test('changes with the period, at the same moment for everybody', () => {
    expect(codeCounter(new Date(9_999), 5)).toBe(1)
    expect(codeCounter(new Date(10_000), 5)).toBe(2)
    expect(codeChangesAt(new Date(10_000), 5)).toEqual(new Date(15_000))
    expect(codeChangesAt(new Date(10_000), 60)).toEqual(new Date(60_000))
  })

  test('is taken while it is shown and for the period after, never before', () => {
    fc.assert(
      fc.property(instant, period, fc.integer({ min: -3, max: 3 }), (shownAt, seconds, periods) => {
        const typedAt = new Date(shownAt.getTime() + periods * seconds * 1000)
        const isTaken = acceptedCounters(typedAt, seconds).includes(codeCounter(shownAt, seconds))
        expect(isTaken).toBe(periods === 0 || periods === 1)
      }),
    )
  })

  test('is expired for at least a minute after it was taken, and never while it is', () => {
    fc.assert(
      fc.property(instant, period, fc.integer({ min: 0, max: 60_000 }), (shownAt, seconds, lateMs) => {
        const counter = codeCounter(shownAt, seconds)
        const takenUntil = codeChangesAt(codeChangesAt(shownAt, seconds), seconds)
        const typedAt = new Date(takenUntil.getTime() + Math.min(lateMs, 59_999))
        expect(expiredCounters(typedAt, seconds)).toContain(counter)
        const inTime = new Date(takenUntil.getTime() - 1)
        expect(expiredCounters(inTime, seconds)).not.toContain(counter)
      }),
    )
  })

  test('gives way to the next exactly when it says so', () => {
    fc.assert(
      fc.property(instant, period, (now, seconds) => {
        const change = codeChangesAt(now, seconds)
        expect(change.getTime()).toBeGreaterThan(now.getTime())
        expect(codeCounter(new Date(change.getTime() - 1), seconds)).toBe(codeCounter(now, seconds))
        expect(codeCounter(change, seconds)).toBe(codeCounter(now, seconds) + 1)
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
