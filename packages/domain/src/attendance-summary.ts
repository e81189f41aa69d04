export type Status = 'present' | 'late' | 'excused' | 'absent'

/** How many sessions were counted and how many of them attended. */
export type AttendanceSummary = {
  attended: number
  counted: number
  /** 0 to 100 with one decimal; null while nothing is counted. */
  percentage: number | null
}

/**
 * The one place a percentage comes from. Late counts as attended; an excused session is not counted at all.
 * @param statuses one per session; a session without a mark is passed as `absent` by the caller
 */
export function summariseAttendance(statuses: Iterable<Status>): AttendanceSummary {
  let attended = 0
  let counted = 0
  for (const status of statuses) {
    if (status === 'excused') continue
    counted += 1
    if (status === 'present' || status === 'late') attended += 1
  }
  return { attended, counted, percentage: percentageOf(attended, counted) }
}

/** Rounded down to one decimal, so that 74.96 never reads as the 75 that a rule asks for. */
export function percentageOf(attended: number, counted: number): number | null {
  if (counted === 0) return null
  return Math.floor((attended * 1000) / counted) / 10
}

/** How many of the coming sessions can be missed in a row before `minimumPercentage` is broken; 0 when it is broken now. */
export function sessionsThatCanBeMissed(summary: AttendanceSummary, minimumPercentage: number | null): number | null {
  if (minimumPercentage === null || minimumPercentage <= 0) return null
  const most = Math.floor((summary.attended * 100) / minimumPercentage)
  return Math.max(0, most - summary.counted)
}
