import type { AuditEntry } from '../platform/audit/append-audit.ts'
import type { DemoRecord, DemoSession } from './demo-sessions.ts'
import type { DemoPlanned } from './demo-timetable.ts'

/** What the audit log would hold had these sessions been kept by hand and by phone. */
export function auditOfSession(institutionId: string, session: DemoSession): AuditEntry[] {
  const { id: sessionId, startedBy, endedAt } = session
  const entry = (at: Date, actorId: string | null, action: string, subjectId: string): AuditEntry => ({
    institutionId,
    at,
    actorId,
    action,
    subjectId,
    sessionId,
    oldValue: null,
    newValue: null,
    reason: null,
  })
  const absent = session.records.filter((record) => record.method === 'closing')
  const entries = [
    { ...entry(session.opensAt, startedBy, 'session-started', sessionId), newValue: { classId: session.classId } },
    ...session.records.map((record) => ({
      ...entry(record.markedAt, actorOf(record, startedBy), 'record-made', record.studentId),
      newValue: markOf(record),
      reason: record.reason,
    })),
    {
      ...entry(endedAt, startedBy, 'session-ended', sessionId),
      newValue: { endedAt: endedAt.toISOString(), markedAbsent: absent.length },
    },
  ]
  return entries.sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** Each of the planned sessions was planned from the timetable as the demo was made. */
export function auditOfPlanned(
  institutionId: string,
  { id, plannedBy, opensAt, closesAt }: DemoPlanned,
  at: Date,
): AuditEntry {
  return {
    institutionId,
    at,
    actorId: plannedBy,
    action: 'session-planned',
    subjectId: id,
    sessionId: id,
    oldValue: null,
    newValue: { opensAt: opensAt.toISOString(), closesAt: closesAt.toISOString(), room: null },
    reason: null,
  }
}

/** By face and by code students mark themselves; whoever ended the session marked the rest absent. */
function actorOf({ method, studentId, markedBy }: DemoRecord, endedBy: string): string {
  if (method === 'closing') return endedBy
  return markedBy ?? studentId
}

const markOf = ({ status, method, assurance, reason }: DemoRecord) => ({ status, method, assurance, reason })
