import type { listLowAttendance, ResultOf } from '@app/contract'
import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../ui/data-table.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { OverviewList, useClassColumns } from './overview-list.tsx'
import { useLowAttendance } from './use-low-attendance.ts'

type Row = ResultOf<typeof listLowAttendance>['students'][number]

/** Students who attend less than their class asks, a page at a time as the server sorts them. */
export function LowAttendanceScreen() {
  const { t } = useTranslation('overview')
  const list = useLowAttendance()
  const columns = useColumns()
  return (
    <OverviewList
      words={{ title: t('low.title'), lead: t('low.lead'), none: t('low.none'), caption: t('low.caption') }}
      answer={list}
      rows={list.data?.pages.flatMap((page) => page.students)}
      columns={columns}
      keyOf={({ personId, classId }) => `${personId} ${classId}`}
      foot={
        list.hasNextPage && (
          <Group justify="center" mt="md">
            <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('more')}
            </Button>
          </Group>
        )
      }
    />
  )
}

/** Without an order to choose: only the server knows all of them. */
function useColumns(): Column<Row>[] {
  const { t, i18n } = useTranslation('overview')
  const { className, subjectName } = useClassColumns<Row>()
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 })
  const asSorted = ({ sortBy: _, isName: __, ...column }: Column<Row>): Column<Row> => column
  return [
    {
      key: 'student',
      title: t('columns.student'),
      isName: true,
      render: ({ personId, fullName }) => (
        <TextLink to="/people/$personId" params={{ personId }}>
          {fullName}
        </TextLink>
      ),
    },
    { key: 'rollNo', title: t('columns.rollNo'), render: ({ rollNo }) => rollNo },
    asSorted(className),
    asSorted(subjectName),
    {
      key: 'percentage',
      title: t('columns.percentage'),
      isNumber: true,
      render: ({ percentage }) => percent.format(percentage / 100),
    },
    {
      key: 'sessions',
      title: t('low.sessions'),
      isNumber: true,
      render: ({ presentSessions, totalSessions }) =>
        t('low.ofSessions', { attended: presentSessions, total: totalSessions }),
    },
    {
      key: 'minimum',
      title: t('low.minimum'),
      isNumber: true,
      render: ({ minimumPercentage }) => percent.format(minimumPercentage / 100),
    },
  ]
}
