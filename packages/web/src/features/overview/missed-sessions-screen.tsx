import { listMissedSessions, MISSED_DAYS, type ResultOf } from '@app/contract'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/use-api.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import { OverviewList, useClassColumns } from './overview-list.tsx'

type Row = ResultOf<typeof listMissedSessions>['sessions'][number]

/** Sessions that were planned and that nobody started. */
export function MissedSessionsScreen() {
  const { t } = useTranslation('overview')
  const { dayAndTime, full } = useTimeFormat()
  const list = useRead(listMissedSessions)
  const { className, subjectName } = useClassColumns<Row>()
  const columns: Column<Row>[] = [
    {
      key: 'when',
      title: t('columns.when'),
      sortBy: ({ opensAt }) => opensAt,
      render: ({ opensAt }) => (
        <time dateTime={opensAt} title={full(opensAt)}>
          {dayAndTime(opensAt)}
        </time>
      ),
    },
    className,
    subjectName,
    {
      key: 'teachers',
      title: t('columns.teachers'),
      sortBy: ({ teachers }) => teachers.join(', '),
      render: ({ teachers }) => teachers.join(', ') || t('missedList.nobody'),
    },
  ]
  return (
    <OverviewList
      words={{
        title: t('missedList.title'),
        lead: t('missedList.lead', { days: MISSED_DAYS }),
        none: t('missedList.none'),
        caption: t('missedList.caption'),
      }}
      answer={list}
      rows={list.data?.sessions}
      columns={columns}
      keyOf={({ sessionId }) => sessionId}
    />
  )
}
