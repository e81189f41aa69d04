/** How far the page of refusals can look back. */
export const REFUSAL_DAYS = [7, 30, 90] as const

/** What of the refusals is shown; it is kept in the address. */
export type RefusalsChoice = { classId: string | null; days: (typeof REFUSAL_DAYS)[number] }
