import { correctImportCell, getImport, type ImportRow, listImportRows } from '@app/contract'
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { useNotify } from '../../ui/messages.tsx'
import styles from './imports.module.css'

type RowDetailsProps = { row: ImportRow; importId: string; canCorrect: boolean }
type Problem = ImportRow['problems'][number]

/** What a row changes, what of it is kept, and what is wrong with it: each fault with its cell to be written anew. */
export function RowDetails({ row, importId, canCorrect }: RowDetailsProps) {
  const { t } = useTranslation('imports')
  const changeText = ({ column, from, to }: ImportRow['changes'][number]) =>
    t('rows.change', { column: t(`columns.${column}`), from: from ?? t('rows.nothing'), to: to ?? t('rows.nothing') })
  return (
    <div className={styles.details}>
      {row.outcome === 'changed' && row.changes.map((change) => <div key={change.column}>{changeText(change)}</div>)}
      {row.kept !== null && (
        <div>{t(`rows.kept.${row.kept.because}`, { changes: row.kept.changes.map(changeText).join('; ') })}</div>
      )}
      {row.problems.map((problem) => (
        <div key={`${problem.column} ${problem.code} ${problem.value}`}>
          <ProblemText problem={problem} />
          {canCorrect && <Correction row={row} problem={problem} importId={importId} />}
        </div>
      ))}
    </div>
  )
}

function ProblemText({ problem }: { problem: Problem }) {
  const { t } = useTranslation('imports')
  const { column, code, value, otherRow, suggestion, cell } = problem
  const words = { column: t(`columns.${column}`), value, otherRow: otherRow ?? '', suggestion: suggestion ?? '' }
  const hint = suggestion === null || code === 'subject-named-otherwise' ? '' : ` ${t('suggestion', { suggestion })}`
  return (
    <div className={styles.problem}>
      {cell === null ? '' : `${t('rows.at', { cell })}: `}
      {t(`problems.${code}`, words)}
      {hint}
    </div>
  )
}

function Correction({ row, problem, importId }: { row: ImportRow; problem: Problem; importId: string }) {
  const { t } = useTranslation('imports')
  const announce = useAnnounce()
  const notify = useNotify()
  const send = useSend(correctImportCell, { changes: [listImportRows, getImport] })
  const { column } = problem
  const [text, setText] = useState(problem.suggestion ?? row.texts.find((each) => each.column === column)?.text ?? '')
  const label = t('rows.correct', { column: t(`columns.${column}`), row: row.row })

  function submit(event: FormEvent) {
    event.preventDefault()
    send.mutate(
      { params: { importId, n: row.n }, body: { column, text } },
      {
        onSuccess: ({ row: now }) => announce(t('rows.saved', { row: now.row, outcome: t(`outcomes.${now.outcome}`) })),
        onError: notify.failed,
      },
    )
  }

  return (
    <form className={styles.correction} onSubmit={submit}>
      <TextInput aria-label={label} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <Button type="submit" variant="default" loading={send.isPending} aria-label={`${t('rows.save')}: ${label}`}>
        {t('rows.save')}
      </Button>
    </form>
  )
}
