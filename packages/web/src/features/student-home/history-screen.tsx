import { downloadReceipt, getStudentHistory, type ResultOf } from '@app/contract'
import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { saveFile } from '../../api/browser.ts'
import { useApi, useRead } from '../../api/use-api.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import classes from './history.module.css'

type HistoryRecord = ResultOf<typeof getStudentHistory>['records'][number]

export function HistoryScreen() {
  const { t } = useTranslation('student')
  const history = useRead(getStudentHistory)
  return (
    <Page title={t('history.title')} width="narrow">
      {history.data !== undefined ? (
        <History records={history.data.records} />
      ) : history.isError ? (
        <ErrorState error={history.error} onRetry={() => void history.refetch()} />
      ) : (
        <Skeletons rows={6} height={64} />
      )}
    </Page>
  )
}

function History({ records }: { records: readonly HistoryRecord[] }) {
  const { t } = useTranslation('student')
  const [chosen, setChosen] = useState('')
  const names = [...new Set(records.map(classOf))].sort((a, b) => a.localeCompare(b))
  const shown = records.filter((record) => chosen === '' || classOf(record) === chosen)
  if (records.length === 0) return <EmptyState title={t('history.empty.title')} text={t('history.empty.text')} />
  return (
    <div className={classes.history}>
      <TextLink to="/my-requests">{t('history.requests')}</TextLink>
      {names.length > 1 && (
        <NativeSelect
          label={t('history.class')}
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={[{ value: '', label: t('history.all') }, ...names]}
        />
      )}
      <ul className={classes.list} aria-label={t('history.list')}>
        {shown.map((record) => (
          <HistoryRow key={record.sessionId} record={record} />
        ))}
      </ul>
    </div>
  )
}

/** Classes of different subjects often share a name. */
const classOf = (record: HistoryRecord) => `${record.subjectName}, ${record.className}`

function HistoryRow({ record }: { record: HistoryRecord }) {
  const { t } = useTranslation(['shell', 'student'])
  const { dayAndTime, full } = useTimeFormat()
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <span className={classes.title}>{record.subjectName}</span>
        <span className={classes.aside}>{record.className}</span>
        <time dateTime={record.opensAt} title={full(record.opensAt)} className={classes.aside}>
          {dayAndTime(record.opensAt)}
        </time>
      </div>
      <div className={classes.mark}>
        {record.isCancelled ? (
          <span className={classes.aside}>{t('student:history.cancelled')}</span>
        ) : (
          <StatusBadge status={record.status} />
        )}
        {record.method !== 'closing' && (
          <span
            className={classes.aside}
            title={record.assurance === null ? undefined : t(`student:history.assurance.${record.assurance}`)}
          >
            {t(`shell:method.${record.method}`)}
          </span>
        )}
        {!record.isCancelled && record.status !== 'present' && (
          <TextLink
            to="/my-requests"
            search={{ ask: record.sessionId }}
            aria-label={t('student:history.correctOf', {
              subject: record.subjectName,
              time: dayAndTime(record.opensAt),
            })}
          >
            {t('student:history.correct')}
          </TextLink>
        )}
        <ReceiptButton record={record} />
      </div>
    </li>
  )
}

/** Proof of the mark, to be kept. */
function ReceiptButton({ record }: { record: HistoryRecord }) {
  const { t } = useTranslation('student')
  const { dayAndTime } = useTimeFormat()
  const api = useApi()
  const notify = useNotify()
  const [isSaving, setIsSaving] = useState(false)

  async function save() {
    setIsSaving(true)
    await api.download(downloadReceipt, { params: { sessionId: record.sessionId } }).then(saveFile, notify.failed)
    setIsSaving(false)
  }

  return (
    <button
      type="button"
      className={classes.receipt}
      disabled={isSaving}
      aria-label={t('history.receiptOf', { subject: record.subjectName, at: dayAndTime(record.opensAt) })}
      onClick={() => void save()}
    >
      {t('history.receipt')}
    </button>
  )
}
