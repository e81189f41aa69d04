/** What of the audit log is shown; it is kept in the address. Days are the institution's. */
export type AuditChoice = {
  actor?: string
  subject?: string
  action?: string
  sessionId?: string
  from?: string
  to?: string
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const ACTION = /^[a-z-]{1,60}$/
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const READERS: Record<keyof AuditChoice, (text: string) => boolean> = {
  actor: (text) => text.trim() !== '' && text.length <= 200,
  subject: (text) => text.trim() !== '' && text.length <= 200,
  action: (text) => ACTION.test(text),
  sessionId: (text) => ID.test(text),
  from: (text) => DAY.test(text) && !Number.isNaN(Date.parse(text)),
  to: (text) => DAY.test(text) && !Number.isNaN(Date.parse(text)),
}

/** What an address or a form asks for; what makes no sense is left out. */
export function readChoice(given: Record<string, unknown>): AuditChoice {
  return Object.fromEntries(
    Object.entries(READERS).flatMap(([name, isGood]) => {
      // The router reads digits as numbers: a roll number may be one.
      const value = typeof given[name] === 'number' ? String(given[name]) : given[name]
      return typeof value === 'string' && isGood(value) ? [[name, value.trim()]] : []
    }),
  )
}
