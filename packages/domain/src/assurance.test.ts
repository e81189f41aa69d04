import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ASSURANCE_LEVELS, type AssuranceLevel, assuranceOf, methodsThatReach, reachesAssurance } from './assurance.ts'
import { assuranceWords } from './assurance-words.ts'
import type { PresenceProof } from './presence.ts'

describe('the assurance of a mark', () => {
  it.each([
    ['face', true, 'A'],
    ['face', false, 'B'],
    ['code', true, 'C'],
    ['code', false, 'C'],
    ['hand', true, 'D'],
    ['hand', false, 'D'],
    ['closing', false, null],
  ] as const)('by %s with presence proven: %s is %s', (method, presenceProven, level) => {
    expect(assuranceOf({ method, presenceProven })).toBe(level)
  })
})

describe('a level that is demanded', () => {
  it.each<[AssuranceLevel, AssuranceLevel[]]>([
    ['A', ['A']],
    ['B', ['A', 'B']],
    ['C', ['A', 'B', 'C']],
    ['D', ['A', 'B', 'C', 'D']],
  ])('%s is reached by %j', (demanded, reaching) => {
    expect(ASSURANCE_LEVELS.filter((level) => reachesAssurance(level, demanded))).toEqual(reaching)
  })

  it('says nothing about an absence', () => {
    expect(reachesAssurance(null, 'A')).toBe(true)
  })

  it.each<[AssuranceLevel, PresenceProof[], string[]]>([
    ['A', ['room-code'], ['face']],
    ['A', [], []],
    ['B', [], ['face']],
    ['C', [], ['face', 'code']],
    ['D', ['network'], ['face', 'code']],
  ])('%s with %j asked leaves %j', (assurance, proofs, methods) => {
    const demands = { assurance, presence: { proofs, needs: 'all' as const } }
    expect(methodsThatReach(['face', 'code'], demands)).toEqual(methods)
  })

  it('leaves no method that it would then refuse', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ASSURANCE_LEVELS), fc.boolean(), (assurance, asks) => {
        const presence = { proofs: asks ? (['room-code'] as const) : [], needs: 'all' as const }
        for (const method of methodsThatReach(['face', 'code'], { assurance, presence }))
          expect(reachesAssurance(assuranceOf({ method, presenceProven: asks }), assurance)).toBe(true)
      }),
    )
  })
})

describe('a level in a file', () => {
  it('is said in words, and an absence in none', () => {
    const said = ASSURANCE_LEVELS.map(assuranceWords)
    expect(new Set(said).size).toBe(said.length)
    for (const [i, words] of said.entries()) expect(words.startsWith(`${ASSURANCE_LEVELS[i]}: `)).toBe(true)
    expect(assuranceWords(null)).toBe('')
  })
})
