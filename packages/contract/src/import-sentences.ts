import type { ImportColumn, ProblemCode } from '@app/domain'

/**
 * What a clerk reads about a row, in one place: the page shows it beside the cell, and the server writes it into the
 * sheet of faulty rows. `{{…}}` is filled in; `suggestion` is a sentence of its own.
 */
export const IMPORT_PROBLEM_SENTENCES = {
  missing: '{{column}} is empty. Fill it in.',
  'too-long': '{{column}} is too long: “{{value}}”. Shorten it.',
  formula: '{{column}} holds a formula: “{{value}}”. Replace it with its result.',
  'not-text': '{{column}} cannot be read as text: “{{value}}”. Type it in again.',
  'not-an-email': '“{{value}}” is not a complete e-mail address.',
  'not-a-date': '“{{value}}” cannot be read as one date. Write it like 2026-04-03.',
  'not-a-role': '“{{value}}” is no role here. Write teacher, admin, or both with a comma between them.',
  'until-before-from': 'The last day, {{value}}, comes before the first. Check both.',
  'duplicate-roll-no': 'Roll number “{{value}}” is in row {{otherRow}} too. Each student needs their own.',
  'duplicate-email': 'E-mail “{{value}}” is in row {{otherRow}} too. Each person needs their own.',
  'duplicate-class': 'Class “{{value}}” of this subject is in row {{otherRow}} too. Keep one of the two rows.',
  'duplicate-enrolment': 'Row {{otherRow}} puts “{{value}}” into this class already. Keep one of the two rows.',
  'duplicate-term': 'Term “{{value}}” is in row {{otherRow}} too. Keep one of the two rows.',
  'email-of-another-person': 'E-mail “{{value}}” belongs to someone else here. Check it.',
  'not-a-student': 'Roll number “{{value}}” belongs to someone who is not a student. Check it.',
  'merged-away': '“{{value}}” was merged into another person. Use that person’s own.',
  'no-such-student': 'No student has roll number “{{value}}”.',
  'no-such-class': 'There is no class “{{value}}” in this subject.',
  'no-such-term': 'There is no term “{{value}}”. Make it first, or correct the name.',
  'no-such-teacher': 'No teacher here has the e-mail “{{value}}”. Invite them first.',
  'class-archived': 'Class “{{value}}” is archived. Take it out of the archive, or use another.',
  'subject-name-needed': 'Subject “{{value}}” is new. Say its name in the column subject_name.',
  'subject-named-otherwise':
    'Row {{otherRow}} says “{{suggestion}}” of the same subject, this one “{{value}}”. Use one.',
  'stay-overlaps': 'These days overlap more than one stay of this student in this class. Correct those first.',
} as const satisfies Record<ProblemCode, string>

export const IMPORT_SUGGESTION_SENTENCE = 'Did you mean “{{suggestion}}”?'

export const IMPORT_COLUMN_NAMES = {
  roll_no: 'Roll number',
  full_name: 'Name',
  email: 'E-mail',
  phone: 'Phone',
  batch: 'Batch',
  department: 'Department',
  role: 'Role',
  subject_code: 'Subject code',
  subject_name: 'Subject name',
  class: 'Class',
  term: 'Term',
  room: 'Room',
  teachers: 'Teachers',
  from: 'From',
  until: 'Until',
  starts_on: 'First day',
  ends_on: 'Last day',
} as const satisfies Record<ImportColumn, string>

type Problem = {
  column: ImportColumn
  code: ProblemCode
  value: string
  otherRow: number | null
  suggestion: string | null
}

/** The sentence of a problem, filled in. */
export function sentenceOf({ column, code, value, otherRow, suggestion }: Problem): string {
  const words: Record<string, string> = {
    column: IMPORT_COLUMN_NAMES[column],
    value,
    otherRow: String(otherRow ?? ''),
    suggestion: suggestion ?? '',
  }
  const fill = (text: string) => text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => words[name] ?? '')
  const isSaid = IMPORT_PROBLEM_SENTENCES[code].includes('{{suggestion}}')
  const hint = suggestion === null || isSaid ? '' : ` ${fill(IMPORT_SUGGESTION_SENTENCE)}`
  return fill(IMPORT_PROBLEM_SENTENCES[code]) + hint
}
