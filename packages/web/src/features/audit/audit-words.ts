import type { AuditRow } from '@app/contract'
import { useTranslation } from 'react-i18next'
import { sentences } from '../../ui/i18n/en/audit.ts'
import { plainName, plainValue, type ValueWords } from '../../ui/stored-values.ts'

type Known = keyof typeof sentences.does
const isKnown = (action: string): action is Known => Object.hasOwn(sentences.does, action)

/** What one can choose to see; the two that only vary a sentence are none of them. */
export const KNOWN_ACTIONS = (Object.keys(sentences.does) as Known[]).filter(
  (action) => action !== 'record-made-self' && action !== 'record-made-closing',
)

/** `record-changed` as words, for what has no sentence yet. */
export const plainAction = (action: string): string => action.replaceAll('-', ' ')

/** A line of the log as a sentence. */
export function useAuditSentence(): (row: AuditRow) => string {
  const { t } = useTranslation(['audit', 'shell'])
  const statusOf = (value: AuditRow['newValue']) => {
    const status = value?.status
    return status === 'present' || status === 'late' || status === 'excused' || status === 'absent'
      ? t(`shell:status.${status}`).toLowerCase()
      : t('audit:nothing')
  }
  return (row) => {
    const words = {
      who: row.actor?.fullName ?? t('audit:itself'),
      whom: row.subject ? nameOf(row.subject) : t('audit:somebody'),
      from: statusOf(row.oldValue),
      to: statusOf(row.newValue),
      name: textOf(row.newValue?.name ?? row.oldValue?.name),
    }
    const action = variantOf(row)
    if (isKnown(action)) return t(`audit:does.${action}`, words).trim()
    const whom = row.subject ? `(${words.whom})` : ''
    return t('audit:other', { who: words.who, what: plainAction(row.action), whom }).trim()
  }
}

function variantOf({ action, actor, subject, newValue }: AuditRow): string {
  if (action !== 'record-made') return action
  if (newValue?.method === 'closing') return 'record-made-closing'
  return actor !== null && actor.personId === subject?.personId ? 'record-made-self' : action
}

const nameOf = ({ fullName, rollNo }: NonNullable<AuditRow['subject']>) =>
  rollNo === null ? fullName : `${fullName} (${rollNo})`

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

const LONGEST = 80
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export type Changed = { name: string; from: string; to: string }

/** What the line changed, value by value: not for marks, whose sentence says it, and not ids, which say nothing. */
export function changesOf(
  { action, oldValue, newValue }: AuditRow,
  { instant, words }: { instant: (at: string) => string; words: ValueWords },
): Changed[] {
  if (action.startsWith('record-')) return []
  const shown = (value: unknown) =>
    shorten(INSTANT.test(String(value)) ? instant(String(value)) : plainValue(value, words))
  const names = [...new Set([...Object.keys(oldValue ?? {}), ...Object.keys(newValue ?? {})])]
  return names.flatMap((name) => {
    const [from, to] = [shown(oldValue?.[name]), shown(newValue?.[name])]
    return from === to || ID.test(from) || ID.test(to) ? [] : [{ name: plainName(name), from, to }]
  })
}

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

const shorten = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)
