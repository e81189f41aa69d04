import { downloadClassMarks, downloadClassReport, getClassReport, type ReportRow } from '@app/contract'
import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useApi, useRead } from '../../api/use-api.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { SheetDownloads } from '../../ui/sheet-downloads.tsx'
import { SheetRow } from '../../ui/sheet-row.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'

export function ReportTab({ classId }: { classId: string }) {
  const { t, i18n } = useTranslation('classes')
  const report = useRead(getClassReport, { params: { classId } })
  if (report.isPending) return <Skeletons />
  if (report.isError) return <ErrorState error={report.error} onRetry={() => void report.refetch()} />
  const { sessions, rows } = report.data
  if (sessions === 0) return <EmptyState title={t('report.empty')} text={t('report.emptyText')} />

  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 })
  const text = (key: 'rollNo' | 'email' | 'batch' | 'department', title: string): Column<ReportRow> => ({
    key,
    title,
    sortBy: (row) => row[key],
    isExtra: key !== 'rollNo',
    render: (row) => row[key] ?? '',
  })
  const columns: Column<ReportRow>[] = [
    text('rollNo', t('students.rollNo')),
    {
      key: 'name',
      title: t('students.name'),
      isName: true,
      sortBy: ({ fullName }) => fullName,
      render: ({ fullName }) => fullName,
    },
    text('email', t('students.email')),
    text('batch', t('students.batch')),
    text('department', t('students.department')),
    {
      key: 'present',
      title: t('report.present'),
      isNumber: true,
      sortBy: ({ presentSessions }) => presentSessions,
      render: ({ presentSessions }) => presentSessions,
    },
    {
      key: 'total',
      title: t('report.total'),
      isNumber: true,
      sortBy: ({ totalSessions }) => totalSessions,
      render: ({ totalSessions }) => totalSessions,
    },
    {
      key: 'percentage',
      title: t('report.percentage'),
      isNumber: true,
      sortBy: ({ percentage }) => percentage,
      render: ({ percentage }) => (percentage === null ? t('report.none') : percent.format(percentage / 100)),
    },
  ]
  return (
    <>
      <Downloads classId={classId} sessions={sessions} />
      <DataTable
        caption={t('report.caption', { count: sessions })}
        columns={columns}
        rows={rows}
        keyOf={({ personId }) => personId}
      />
    </>
  )
}

function Downloads({ classId, sessions }: { classId: string; sessions: number }) {
  const { t } = useTranslation('classes')
  const api = useApi()
  const params = { classId }
  return (
    <>
      <SheetRow text={t('report.lead', { count: sessions })}>
        <SheetDownloads
          fetchSheet={(format) => api.download(downloadClassReport, { params, query: { format } })}
          titleOf={(format) => t(`report.${format}`)}
        />
        <Button variant="default" leftSection={<IconPrinter aria-hidden size={20} />} onClick={() => window.print()}>
          {t('report.print')}
        </Button>
      </SheetRow>
      <SheetRow text={t('report.marks')}>
        <SheetDownloads
          fetchSheet={(format) => api.download(downloadClassMarks, { params, query: { format } })}
          titleOf={(format) => t(`report.marksAs.${format}`)}
        />
      </SheetRow>
    </>
  )
}
