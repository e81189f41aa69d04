import type { AuditEntry } from '../../platform/audit/append-audit.ts'
import type { TakenRow } from './take.store.ts'

type RowEntry = Pick<AuditEntry, 'action' | 'subjectId' | 'oldValue' | 'newValue'>

/** One line of the audit log for each person, class, term or stay that a row has made or changed. */
export function auditOfRow(row: TakenRow, classId: string | null): RowEntry {
  const { section, outcome, targetId, values } = row
  if (section === 'enrolments') {
    const { personId, classId: of, from, until } = values
    const action = outcome === 'new' ? 'student-joined' : 'stay-changed'
    const oldValue = outcome === 'new' ? null : { classId: of, ...sidesOf(row, 'from') }
    return { action, subjectId: String(personId), oldValue, newValue: { classId: of, from, until } }
  }
  const noun = { students: 'student', teachers: 'teacher', classes: 'class', terms: 'term' }[section]
  if (outcome === 'new') {
    const isClassOrTerm = section === 'classes' || section === 'terms'
    const newValue = section === 'students' ? { classId, rollNo: values.rollNo } : values
    return { action: `${noun}-${isClassOrTerm ? 'created' : 'added'}`, subjectId: targetId, oldValue: null, newValue }
  }
  const isJoin = section === 'students' && row.changes.every(({ column }) => column === 'class')
  if (isJoin) return { action: 'student-joined', subjectId: targetId, oldValue: null, newValue: { classId } }
  return {
    action: `${noun}-changed`,
    subjectId: targetId,
    oldValue: sidesOf(row, 'from'),
    newValue: { ...sidesOf(row, 'to'), ...(values.joins === true ? { classId } : {}) },
  }
}

const FIELDS: Readonly<Record<string, string>> = {
  full_name: 'fullName',
  subject_name: 'subjectName',
  starts_on: 'startsOn',
  ends_on: 'endsOn',
}

function sidesOf({ changes }: TakenRow, side: 'from' | 'to'): Record<string, string | null> {
  return Object.fromEntries(
    changes.flatMap((change) =>
      change.column === 'class' ? [] : [[FIELDS[change.column] ?? change.column, change[side]]],
    ),
  )
}
