import type { AssuranceLevel } from './assurance.ts'

const WORDS = {
  A: 'A: face, live, and shown to be in the room',
  B: 'B: face, live',
  C: 'C: the code in the room, on the student’s own sign-in',
  D: 'D: by hand',
} as const satisfies Record<AssuranceLevel, string>

/** A level as files to save have it, which are in English; empty for what has none, an absence. */
export const assuranceWords = (level: AssuranceLevel | null): string => (level === null ? '' : WORDS[level])
