import type { PresenceRule } from './presence.ts'

/** From the strongest to the weakest. */
export const ASSURANCE_LEVELS = ['A', 'B', 'C', 'D'] as const
export type AssuranceLevel = (typeof ASSURANCE_LEVELS)[number]

/** A face + live + presence, B face + live, C code + device, D by hand. What the closing of a session marks has none. */
export function assuranceOf(mark: {
  method: 'face' | 'code' | 'hand' | 'closing'
  presenceProven: boolean
}): AssuranceLevel | null {
  switch (mark.method) {
    case 'face':
      return mark.presenceProven ? 'A' : 'B'
    case 'code':
      return 'C'
    case 'hand':
      return 'D'
    case 'closing':
      return null
  }
}

/** What a session asks of a student's own check-in; decided by its class's policy when it starts. */
export type Demands = { assurance: AssuranceLevel; presence: PresenceRule }

/** Whether a level is as good as the one demanded. What has no level, an absence, falls short of nothing. */
export function reachesAssurance(level: AssuranceLevel | null, demanded: AssuranceLevel): boolean {
  return level === null || ASSURANCE_LEVELS.indexOf(level) <= ASSURANCE_LEVELS.indexOf(demanded)
}

/** The methods that can reach what is demanded, if the student does all that is asked. */
export function methodsThatReach<Method extends 'face' | 'code'>(
  methods: readonly Method[],
  { assurance, presence }: Demands,
): Method[] {
  return methods.filter((method) =>
    reachesAssurance(assuranceOf({ method, presenceProven: presence.proofs.length > 0 }), assurance),
  )
}
