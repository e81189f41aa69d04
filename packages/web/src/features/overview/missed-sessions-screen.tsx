import { listMissedSessions, MISSED_DAYS, type ResultOf } from '@app/contract'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/use-api.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { useTimeFormat } from '../../ui/time.tsx'

type Row = ResultOf<typeof listMissedSessions>['sessions'][number]

/** Sessions that were planned and that nobody started. */
export function MissedSessionsScreen() {
  const { t } = useTranslation('overview')
  const { dayAndTime, full } = useTimeFormat()
  const list = useRead(listMissedSessions)
  const columns: Column<Row>[] = [
    {
      key: 'when',
      title: t('missedList.when'),
      sortBy: ({ opensAt }) => opensAt,
      render: ({ opensAt }) => (
        <time dateTime={opensAt} title={full(opensAt)}>
          {dayAndTime(opensAt)}
        </time>
      ),
    },
    {
      key: 'class',
      title: t('missedList.class'),
      isName: true,
      sortBy: ({ className }) => className,
      render: ({ classId, className }) => (
        <TextLink to="/classes/$classId" params={{ classId }}>
          {className}
        </TextLink>
      ),
    },
    {
      key: 'subject',
      title: t('missedList.subject'),
      sortBy: ({ subjectName }) => subjectName,
      render: ({ subjectName }) => subjectName,
    },
    {
      key: 'teachers',
      title: t('missedList.teachers'),
      sortBy: ({ teachers }) => teachers.join(', '),
      render: ({ teachers }) => teachers.join(', ') || t('missedList.nobody'),
    },
  ]
  return (
    <Page
      title={t('missedList.title')}
      lead={t('missedList.lead', { days: MISSED_DAYS })}
      actions={
        <ButtonLink variant="default" to="/overview">
          {t('back')}
        </ButtonLink>
      }
    >
      {list.isPending && <Skeletons />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.sessions.length === 0 && <EmptyState title={t('missedList.none')} />}
      {list.data !== undefined && list.data.sessions.length > 0 && (
        <DataTable
          caption={t('missedList.caption')}
          columns={columns}
          rows={list.data.sessions}
          keyOf={({ sessionId }) => sessionId}
        />
      )}
    </Page>
  )
}
