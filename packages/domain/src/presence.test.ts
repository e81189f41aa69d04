import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decidePlace,
  decidePresence,
  metresBetween,
  type Position,
  PRESENCE_PROOFS,
  type PresenceProof,
} from './presence.ts'

const proofs = fc.subarray([...PRESENCE_PROOFS])
const point = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
})

describe('presence', () => {
  it.each<[PresenceProof[], 'any' | 'all', PresenceProof[], boolean, PresenceProof[]]>([
    [[], 'all', [], false, []],
    [[], 'any', ['room-code', 'network', 'geofence'], false, []],
    [['room-code'], 'all', ['room-code'], true, []],
    [['room-code'], 'all', [], false, ['room-code']],
    [['room-code'], 'any', ['network'], false, ['room-code']],
    [['room-code', 'network'], 'all', ['network'], false, ['room-code']],
    [['room-code', 'network'], 'any', ['network'], true, []],
    [['room-code', 'network', 'geofence'], 'all', ['geofence', 'room-code', 'network'], true, []],
    [['room-code', 'network', 'geofence'], 'any', [], false, ['room-code', 'network', 'geofence']],
    [['network', 'network'], 'all', ['network'], true, []],
  ])('asked for %j (%s) and shown %j is proven: %s', (asked, needs, shown, isProven, missing) => {
    expect(decidePresence({ proofs: asked, needs }, new Set(shown))).toMatchObject({ isProven, missing })
  })

  it('is never proven by what was not asked for, and never lost by showing more', () => {
    fc.assert(
      fc.property(
        proofs,
        fc.constantFrom('any' as const, 'all' as const),
        proofs,
        proofs,
        (asked, needs, some, more) => {
          const verdict = decidePresence({ proofs: asked, needs }, new Set(some))
          for (const proof of verdict.proven) expect(asked).toContain(proof)
          expect(
            decidePresence({ proofs: asked, needs }, new Set(some.filter((each) => asked.includes(each)))),
          ).toEqual(verdict)
          if (verdict.isProven)
            expect(decidePresence({ proofs: asked, needs }, new Set([...some, ...more])).isProven).toBe(true)
        },
      ),
    )
  })
})

/** A fence of 100 m round a lecture hall; a thousandth of a degree of latitude is 111.2 m. */
const HALL = { latitude: 52.5, longitude: 13.4, radiusMetres: 100 }
const north = (metres: number, changed: Partial<Position> = {}): Position => ({
  latitude: HALL.latitude + metres / 111_195,
  longitude: HALL.longitude,
  accuracyMetres: 10,
  ageMs: 1_000,
  ...changed,
})

describe('a place', () => {
  it.each([
    ['in the middle', north(0), 'inside', 'inside'],
    ['close to the edge, well measured', north(89), 'inside', 'inside'],
    ['close to the edge, badly measured', north(89, { accuracyMetres: 30 }), 'inaccurate', 'inside'],
    ['in the middle, by the mast alone', north(0, { accuracyMetres: 1_500 }), 'inaccurate', 'inside'],
    ['as accurate as nothing measures', north(0, { accuracyMetres: 0 }), 'inside', 'inside'],
    ['just outside, perhaps inside', north(105), 'inaccurate', 'within-100-m'],
    ['across the street', north(150), 'outside', 'within-100-m'],
    ['at the station', north(900), 'outside', 'within-1-km'],
    ['in the suburbs', north(8_000), 'outside', 'within-10-km'],
    ['in another city', north(300_000), 'outside', 'farther'],
    ['in another city, "inaccurate"', north(300_000, { accuracyMetres: 400_000 }), 'inaccurate', 'farther'],
  ])('%s is %s', (_, position, outcome, distance) => {
    expect(decidePlace(position, HALL)).toEqual({ outcome, distance })
  })

  it('is not looked at when it is older than a minute, or says no age at all', () => {
    expect(decidePlace(north(0, { ageMs: 60_000 }), HALL).outcome).toBe('inside')
    for (const ageMs of [60_001, Number.POSITIVE_INFINITY, Number.NaN])
      expect(decidePlace(north(0, { ageMs }), HALL)).toEqual({ outcome: 'stale', distance: null })
  })

  it('is the same on both sides of the date line', () => {
    const fence = { latitude: 0, longitude: 179.9999, radiusMetres: 100 }
    const position = { latitude: 0, longitude: -179.9999, accuracyMetres: 10, ageMs: 0 }
    expect(decidePlace(position, fence).outcome).toBe('inside')
  })

  it('never gets inside by being less accurate', () => {
    fc.assert(
      fc.property(
        point,
        point,
        fc.nat(10_000),
        fc.nat(10_000),
        fc.integer({ min: 1, max: 5_000 }),
        (at, centre, accuracy, worse, radiusMetres) => {
          const fence = { ...centre, radiusMetres }
          const position = { ...at, accuracyMetres: accuracy, ageMs: 0 }
          const blurred = { ...position, accuracyMetres: accuracy + worse }
          if (decidePlace(blurred, fence).outcome === 'inside')
            expect(decidePlace(position, fence).outcome).toBe('inside')
        },
      ),
    )
  })
})

describe('a distance', () => {
  it.each([
    ['Paris to London', { latitude: 48.8566, longitude: 2.3522 }, { latitude: 51.5074, longitude: -0.1278 }, 343_556],
    ['pole to pole', { latitude: 90, longitude: 0 }, { latitude: -90, longitude: 50 }, 20_015_115],
    ['a thousandth of a degree', { latitude: 0, longitude: 0 }, { latitude: 0.001, longitude: 0 }, 111.2],
  ])('of %s', (_, a, b, metres) => {
    expect(Math.abs(metresBetween(a, b) - metres)).toBeLessThan(metres * 0.0001)
  })

  it('is the same both ways, nothing to itself, and at most half way round', () => {
    fc.assert(
      fc.property(point, point, (a, b) => {
        expect(metresBetween(a, b)).toBeCloseTo(metresBetween(b, a), 5)
        expect(metresBetween(a, a)).toBe(0)
        expect(metresBetween(a, b)).toBeLessThanOrEqual(20_015_116)
      }),
    )
  })
})
