import type { RowReading, Section } from '@app/domain'

/** A row's texts that make its keys, in the order in which they are handed to the database to be lowered. */
export const textsToLower = ({ texts }: RowReading): string[] => [
  texts.roll_no ?? '',
  texts.subject_code ?? '',
  texts.class ?? '',
  texts.term ?? '',
]

export type Lowered = { rollNo: string; code: string; className: string; term: string }

/** The keys a row has as its own, and those of others that it names (with `>` in front). */
export function keysOf(section: Section, { texts, emails }: RowReading, lowered: Lowered): string[] {
  const { rollNo, code, className, term } = lowered
  const has = (text: string, key: string) => (text === '' ? [] : [key])
  const email = has(texts.email ?? '', `email:${texts.email}`)
  switch (section) {
    case 'terms':
      return has(term, termKey(term))
    case 'teachers':
      return email
    case 'students':
      return [...has(rollNo, studentKey(rollNo)), ...email]
    case 'classes':
      return [
        ...has(code, subjectKey(code)),
        ...has(className, classKey(lowered)),
        ...has(term, `>${termKey(term)}`),
        ...emails.map((address) => `>email:${address}`),
      ]
    case 'enrolments':
      return [
        `stay:${rollNo}/${code}/${className}`,
        ...has(rollNo, `>${studentKey(rollNo)}`),
        ...has(className, `>${classKey(lowered)}`),
      ]
  }
}

export const studentKey = (rollNo: string) => `student:${rollNo}`
export const termKey = (term: string) => `term:${term}`
export const subjectKey = (code: string) => `subject:${code}`
export const classKey = ({ code, className }: Pick<Lowered, 'code' | 'className'>) => `class:${code}/${className}`
export const stayKey = ({ rollNo, code, className }: Lowered) => `stay:${rollNo}/${code}/${className}`
