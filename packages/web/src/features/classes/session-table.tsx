import type { listClassSessions, ResultOf } from '@app/contract'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../api/use-api.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { SessionStateLabel } from '../../ui/session-state.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import { SessionMenu } from './session-menu.tsx'

type Row = ResultOf<typeof listClassSessions>['sessions'][number]

/** Sessions with how they stand and how many have which mark. */
export function SessionTable({ sessions }: { sessions: readonly Row[] }) {
  const { t } = useTranslation(['classes', 'shell', 'sessions'])
  const { day, time } = useTimeFormat()
  const isAdmin = useMe().roles.includes('admin')
  const count = (key: 'present' | 'late' | 'excused' | 'absent'): Column<Row> => ({
    key,
    title: t(`shell:status.${key}`),
    isNumber: true,
    sortBy: (row) => row[key],
    render: (row) => (row.state === 'planned' || row.state === 'missed' ? '' : row[key]),
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
      render: ({ opensAt, endedAt, closesAt }) =>
        t('sessions:span', { start: time(opensAt), end: time(endedAt ?? closesAt) }),
    },
    { key: 'room', title: t('sessions:week.room'), isExtra: true, render: ({ room }) => room ?? '' },
    {
      key: 'state',
      title: t('classes:sessions.state'),
      render: ({ state, cancelled }) => (
        <>
          <SessionStateLabel state={state} />
          {cancelled !== null && cancelled.because !== '' && ` · ${cancelled.because}`}
        </>
      ),
    },
    count('present'),
    count('late'),
    count('excused'),
    count('absent'),
    {
      key: 'actions',
      title: t('sessions:week.actions'),
      hasHiddenTitle: true,
      render: (session) => <SessionMenu session={session} isAdmin={isAdmin} />,
    },
  ]
  return <DataTable caption={t('sessions:week.caption')} columns={columns} rows={sessions} keyOf={({ id }) => id} />
}
