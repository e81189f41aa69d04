import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_POLICY, type Policy } from './policy.ts'
import { explainPolicy, isOfClass, mayDecide, mergePolicy, POLICY_FIELDS, POLICY_SCOPES } from './policy-layers.ts'

const NOTHING = { institution: {}, ofClass: {} }
const decided = fc
  .subarray(POLICY_FIELDS)
  .chain((fields) =>
    fc.record(Object.fromEntries(fields.map((field) => [field, fc.constant(otherThan(field))]))),
  ) as unknown as fc.Arbitrary<Partial<Policy>>

/** Some other value; what it is does not matter to inheritance. */
const otherThan = (field: keyof Policy) => `otherwise than ${field}`

describe('a policy of two layers', () => {
  it('is the shipped one while nobody has decided anything', () => {
    expect(mergePolicy(NOTHING)).toEqual(DEFAULT_POLICY)
    for (const { source } of Object.values(explainPolicy(NOTHING))) expect(source).toBe('shipped')
  })

  it('knows every field of the policy', () => {
    expect([...POLICY_FIELDS].sort()).toEqual(Object.keys(DEFAULT_POLICY).sort())
  })

  it('takes the class before the institution, and the institution before what is shipped', () => {
    const layers = {
      institution: { actionCount: 3, minimumPercentage: 80, lockDays: null },
      ofClass: { actionCount: 4 },
    }
    const explained = explainPolicy(layers)
    expect(explained.actionCount).toEqual({ value: 4, source: 'class', inherited: 3 })
    expect(explained.minimumPercentage).toEqual({ value: 80, source: 'institution', inherited: 75 })
    expect(explained.lockDays).toEqual({ value: null, source: 'institution', inherited: 14 })
    expect(explained.codeSeconds).toEqual({ value: 5, source: 'shipped', inherited: 5 })
  })

  it.each(POLICY_FIELDS.filter((field) => !isOfClass(field)))('does not read %s from a class', (field) => {
    const ofClass = { [field]: otherThan(field) }
    expect(mergePolicy({ institution: {}, ofClass })).toEqual(DEFAULT_POLICY)
    expect(explainPolicy({ institution: {}, ofClass })[field].source).toBe('shipped')
  })

  it('leaves to teachers nothing that a check-in is judged by', () => {
    const theirs = POLICY_FIELDS.filter((field) => POLICY_SCOPES[field] === 'teacher')
    expect(theirs).toEqual(['sessionMinutes', 'lateAfterMinutes', 'autoOpen'])
  })

  it.each([
    ['an admin, of what belongs to persons', 'retentionDays', { where: 'institution', isAdmin: true }, true],
    ['an admin, of a defence', 'injectionChecks', { where: 'institution', isAdmin: true }, false],
    ['an admin, of a class', 'assurance', { where: 'class', isAdmin: true }, true],
    ['an admin, of a person in a class', 'retentionDays', { where: 'class', isAdmin: true }, false],
    ['a teacher, of the institution', 'sessionMinutes', { where: 'institution', isAdmin: false }, false],
    ['a teacher, of their sessions', 'sessionMinutes', { where: 'class', isAdmin: false }, true],
    ['a teacher, of what a face must be like', 'falseMatchRate', { where: 'class', isAdmin: false }, false],
  ] as const)('lets %s (%s) decide', (_, field, asked, may) => {
    expect(mayDecide(field, { ...asked, teachersAdjust: true })).toBe(may)
    expect(mayDecide(field, { ...asked, teachersAdjust: false })).toBe(may && asked.isAdmin)
  })

  it('explains exactly what it merges, and what a reset would give', () => {
    fc.assert(
      fc.property(decided, decided, (institution, ofClass) => {
        const explained = explainPolicy({ institution, ofClass })
        const merged = mergePolicy({ institution, ofClass })
        for (const field of POLICY_FIELDS) {
          expect(explained[field].value).toEqual(merged[field])
          const { [field]: _, ...without } = explained[field].source === 'class' ? ofClass : institution
          const reset =
            explained[field].source === 'class' ? { institution, ofClass: without } : { institution: without, ofClass }
          expect(mergePolicy(reset)[field]).toEqual(explained[field].inherited)
        }
      }),
    )
  })
})
