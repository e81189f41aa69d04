import { PRESENCE_PROOFS } from '@app/domain'
import { z } from 'zod'
import type { Mark } from '../sessions/index.ts'

/** A mark as the audit log keeps it; what older lines lack has a value that says nothing. */
const Kept = z.object({
  status: z.enum(['present', 'late', 'excused', 'absent']),
  ownStatusId: z.uuid().nullable().default(null),
  method: z.enum(['face', 'code', 'hand', 'closing']),
  assurance: z.enum(['A', 'B', 'C', 'D']).nullable().default(null),
  markedAt: z.coerce.date().nullable().default(null),
  markedBy: z.uuid().nullable().default(null),
  reason: z.string().nullable().default(null),
  presence: z.array(z.enum(PRESENCE_PROOFS)).default([]),
  note: z.string().nullable().default(null),
  heldAt: z.coerce.date().nullable().default(null),
})
export type KeptMark = z.infer<typeof Kept>

/** Reads a value of the audit log; null where there was no mark. @throws ZodError when it is something else */
export const readKeptMark = (value: unknown): KeptMark | null => (value === null ? null : Kept.parse(value))

/** The mark it was, so that it can be put back. */
export const restoreMark = (kept: KeptMark, of: { studentId: string; at: Date }): Mark => ({
  ...kept,
  studentId: of.studentId,
  markedAt: kept.markedAt ?? of.at,
})
