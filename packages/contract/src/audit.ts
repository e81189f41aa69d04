import { z } from 'zod'
import { defineRoute } from './define-route.ts'
import { Assurance, AttendanceStatus, Instant, MarkMethod } from './fields.ts'

const SessionParams = z.object({ sessionId: z.uuid() })
const Digits = z.string().regex(/^[0-9a-f]{64}$/)
const RowId = z.string().regex(/^\d{1,18}$/)

/** Rows a page of the audit log holds. */
export const AUDIT_PAGE_ROWS = 50
/** What one export holds at most; whoever wants more takes it in parts. */
export const AUDIT_EXPORT_MAX_ROWS = 50_000

const AuditPerson = z.object({ personId: z.uuid(), fullName: z.string(), rollNo: z.string().nullable() })
const AuditValue = z.record(z.string(), z.unknown()).nullable()

export const AuditRow = z.object({
  id: RowId,
  at: Instant,
  /** Null when the server did it by itself. */
  actor: AuditPerson.nullable(),
  /** Kebab-case, `noun-verbed`: `record-changed`. */
  action: z.string(),
  /** The person it was done to, where it was one. */
  subject: AuditPerson.nullable(),
  session: z.object({ id: z.uuid(), className: z.string(), opensAt: Instant }).nullable(),
  /** Only what the change is about. */
  oldValue: AuditValue,
  newValue: AuditValue,
  reason: z.string().nullable(),
  /** Its link in the institution's audit chain. */
  link: z.object({ seq: z.number().int(), hash: Digits }).nullable(),
})
export type AuditRow = z.infer<typeof AuditRow>

/** Days are the institution's; both ends are included. */
const AuditFilter = z.object({
  /** A part of a name, or a roll number. */
  actor: z.string().trim().max(200).optional(),
  /** The same, of the person it was done to. */
  subject: z.string().trim().max(200).optional(),
  action: z
    .string()
    .regex(/^[a-z-]{1,60}$/)
    .optional(),
  sessionId: z.uuid().optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
})

export const listAudit = defineRoute({
  method: 'GET',
  path: '/api/audit',
  summary: 'The institution’s audit log, newest first, a page at a time',
  access: ['admin'],
  query: AuditFilter.extend({
    /** Rows older than this one. */
    before: RowId.optional(),
  }),
  response: z.object({
    rows: z.array(AuditRow),
    /** What `before` is for the next page; null on the last. */
    next: RowId.nullable(),
    /** The chain's last link; null when nothing has been audited. */
    head: z.object({ seq: z.number().int(), hash: Digits }).nullable(),
  }),
  errors: [],
})

export const downloadAudit = defineRoute({
  method: 'GET',
  path: '/api/audit/file',
  summary: 'The same rows as a file, with their links in the chain',
  access: ['admin'],
  query: AuditFilter,
  response: { download: ['text/csv'] },
  errors: ['export-too-large'],
})

/** The state of all marks of an ended session in one number; `marks` audit rows are under it. */
export const SessionRoot = z.object({ root: Digits, marks: z.number().int(), at: Instant })
export type SessionRoot = z.infer<typeof SessionRoot>

export const listSessionRoots = defineRoute({
  method: 'GET',
  path: '/api/sessions/:sessionId/roots',
  summary: 'The roots of a session: that of its end, and one for each later change; the newest last',
  access: ['admin', 'teacher'],
  params: SessionParams,
  response: z.object({ roots: z.array(SessionRoot) }),
  errors: [],
})

/** A student's proof of one mark, to be kept: needs no server, no account and no trust in either. */
export const Receipt = z.object({
  kind: z.literal('smart-attendance-receipt'),
  version: z.literal(1),
  /** For reading; what is proved is `statement`. */
  institution: z.string().max(300),
  className: z.string().max(500),
  subjectName: z.string().max(500),
  opensAt: Instant,
  fullName: z.string().max(300),
  rollNo: z.string().max(100).nullable(),
  /** A `MarkStatement` as the text that was hashed. */
  statement: z.string().max(2_000),
  /** Place and number of the session's statements, and the way from this one to the root. */
  index: z.number().int().min(0),
  size: z.number().int().min(1).max(10_000_000),
  path: z.array(Digits).max(32),
  root: Digits,
  explanation: z.array(z.string().max(1000)).max(20),
})
export type Receipt = z.infer<typeof Receipt>

/** What the receipt's statement says; a mark that was taken back has no status. */
export const MarkStatement = z.object({
  institution: z.uuid(),
  session: z.uuid(),
  student: z.uuid(),
  at: Instant,
  status: AttendanceStatus.nullable(),
  method: MarkMethod.nullable(),
  assurance: Assurance.nullable(),
  held: z.boolean(),
})
export type MarkStatement = z.infer<typeof MarkStatement>

export const downloadReceipt = defineRoute({
  method: 'GET',
  path: '/api/records/:sessionId/receipt',
  summary: 'One’s own mark in an ended session, with the proof that it is part of the session’s root',
  access: ['student'],
  params: SessionParams,
  response: { download: ['application/json'] },
  errors: ['receipt-not-ready'],
})
