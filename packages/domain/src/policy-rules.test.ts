import { expect, it } from 'vitest'
import { DEFAULT_POLICY, type Policy } from './policy.ts'
import { findPolicyProblem, type PolicyProblem } from './policy-rules.ts'

const HALL = { latitude: 0, longitude: 0, radiusMetres: 100 }

it.each<[string, Partial<Policy>, PolicyProblem | null]>([
  ['the shipped policy', {}, null],
  ['late at the very end', { sessionMinutes: 45, lateAfterMinutes: 45 }, null],
  ['late after the end', { sessionMinutes: 5 }, 'policy-late-after-end'],
  ['an examination', { assurance: 'A', presenceProofs: ['room-code'] }, null],
  ['A without any proof of presence', { assurance: 'A' }, 'policy-assurance-needs-presence'],
  [
    'A by code alone',
    { assurance: 'A', methods: ['code'], presenceProofs: ['room-code'] },
    'policy-assurance-needs-face',
  ],
  ['B by code alone', { assurance: 'B', methods: ['code'] }, 'policy-assurance-needs-face'],
  ['C by code alone', { assurance: 'C', methods: ['code'] }, null],
  ['the campus network, which nobody has told', { presenceProofs: ['network'] }, 'policy-network-missing'],
  ['the campus network', { presenceProofs: ['network'], networks: ['192.0.2.0/24'] }, null],
  [
    'one of two proofs that nobody can give',
    { presenceProofs: ['room-code', 'geofence'], presenceNeeds: 'any' },
    'policy-geofence-missing',
  ],
  ['a fence', { presenceProofs: ['geofence'], geofence: HALL }, null],
])('%s: %o', (_, differences, problem) => {
  expect(findPolicyProblem({ ...DEFAULT_POLICY, ...differences })).toBe(problem)
})
