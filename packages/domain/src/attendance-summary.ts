export type Status = 'present' | 'late' | 'excused' | 'absent'

/** What one session counts for a student: 0 to 1, or null where it is not counted at all. */
export type Weight = number | null

/** As much of a mark as its weight depends on. */
export type WeighedMark = {
  status: Status
  /** The institution's own status, when the mark has one. */
  custom: { weight: Weight } | null
  /** One face was seen for two accounts, and nobody has decided yet. */
  isHeld: boolean
}

/** An institution's own status weighs what it says; late weighs what the policy says; what is held counts for nobody. */
export function weightOf({ status, custom, isHeld }: WeighedMark, { lateWeight }: { lateWeight: number }): Weight {
  if (isHeld) return null
  if (custom) return custom.weight
  return { present: 1, late: lateWeight, excused: null, absent: 0 }[status]
}

/** The weight of a session that a student may have no mark in: without one they were not there. */
export const weightOrAbsent = (mark: WeighedMark | null | undefined, policy: { lateWeight: number }): Weight =>
  mark ? weightOf(mark, policy) : 0

/** How many sessions were counted and how many of them attended. */
export type AttendanceSummary = {
  /** Sessions that count more than nothing. */
  attended: number
  counted: number
  /** The sum of what they count. */
  points: number
  /** 0 to 100 with one decimal; null while nothing is counted. */
  percentage: number | null
}

/**
 * The one place a percentage comes from.
 * @param weights one per session; a session without a mark is passed as 0, as absent is
 */
export function summariseAttendance(weights: Iterable<Weight>): AttendanceSummary {
  let attended = 0
  let counted = 0
  let hundredths = 0
  for (const weight of weights) {
    if (weight === null) continue
    counted += 1
    if (weight > 0) attended += 1
    hundredths += Math.round(weight * 100)
  }
  const points = hundredths / 100
  return { attended, counted, points, percentage: percentageOf(points, counted) }
}

/** Rounded down to one decimal, so that 74.96 never reads as the 75 that a rule asks for. */
export function percentageOf(points: number, counted: number): number | null {
  if (counted === 0) return null
  return Math.floor((Math.round(points * 100) * 10) / counted) / 10
}

/** How many of the coming sessions can be missed in a row before `minimumPercentage` is broken; 0 when it is broken now. */
export function sessionsThatCanBeMissed(
  summary: { points: number; counted: number },
  minimumPercentage: number | null,
): number | null {
  if (minimumPercentage === null || minimumPercentage <= 0) return null
  const most = Math.floor(Math.round(summary.points * 10_000) / (100 * minimumPercentage))
  return Math.max(0, most - summary.counted)
}
