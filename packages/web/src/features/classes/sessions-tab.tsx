import { listClassSessions, type ResultOf } from '@app/contract'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/use-api.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { useTimeFormat } from '../../ui/time.tsx'

type Row = ResultOf<typeof listClassSessions>['sessions'][number]

export function SessionsTab({ classId }: { classId: string }) {
  const { t } = useTranslation(['classes', 'shell'])
  const { day, time } = useTimeFormat()
  const list = useRead(listClassSessions, { params: { classId } })
  if (list.isPending) return <Skeletons />
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  if (list.data.sessions.length === 0) {
    return <EmptyState title={t('classes:sessions.empty')} text={t('classes:sessions.emptyText')} />
  }
  const count = (key: 'present' | 'late' | 'excused' | 'absent'): Column<Row> => ({
    key,
    title: t(`shell:status.${key}`),
    isNumber: true,
    sortBy: (row) => row[key],
    render: (row) => row[key],
  })
  const columns: Column<Row>[] = [
    {
      key: 'date',
      title: t('classes:sessions.date'),
      isName: true,
      sortBy: ({ opensAt }) => Date.parse(opensAt),
      render: ({ id, opensAt }) => (
        <TextLink to="/sessions/$sessionId" params={{ sessionId: id }}>
          {day(opensAt)}
        </TextLink>
      ),
    },
    {
      key: 'time',
      title: t('classes:sessions.time'),
      render: ({ opensAt, endedAt, closesAt }) => `${time(opensAt)} – ${time(endedAt ?? closesAt)}`,
    },
    {
      key: 'state',
      title: t('classes:sessions.state'),
      render: ({ isOpen }) => t(isOpen ? 'classes:sessions.open' : 'classes:sessions.ended'),
    },
    count('present'),
    count('late'),
    count('excused'),
    count('absent'),
  ]
  return (
    <DataTable
      caption={t('classes:sessions.caption')}
      columns={columns}
      rows={list.data.sessions}
      keyOf={({ id }) => id}
    />
  )
}
