import { IMPORT_ROWS_A_PAGE, type ImportRow, type ImportView, listImportRows } from '@app/contract'
import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import '@mantine/core/styles/SegmentedControl.css'
import '@mantine/core/styles/FloatingIndicator.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readOptions, useApi } from '../../api/use-api.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { ErrorState, Skeletons } from '../../ui/states.tsx'
import { RowDetails } from './row-details.tsx'

const SHOWN = ['all', 'error', 'new', 'changed', 'same', 'differing'] as const
type Shown = (typeof SHOWN)[number]
/** What a row is known by, whatever else it says. */
const NAMED_BY: Record<ImportRow['section'], readonly string[]> = {
  terms: ['term'],
  teachers: ['full_name', 'email'],
  students: ['roll_no', 'full_name'],
  classes: ['subject_code', 'class'],
  enrolments: ['roll_no', 'subject_code', 'class'],
}

type RowListProps = { view: ImportView; canCorrect: boolean; startWith: Shown }

/** The rows of a file, of one kind or all, a page at a time from the server. */
export function RowList({ view, canCorrect, startWith }: RowListProps) {
  const { t } = useTranslation('imports')
  const [show, setShow] = useState<Shown>(startWith)
  const [page, setPage] = useState(1)
  const ask = { params: { importId: view.id }, query: { show, page } }
  const list = useQuery({ ...readOptions(useApi(), listImportRows, ask), placeholderData: keepPreviousData })
  const choices = SHOWN.filter((each) => each !== 'differing' || view.differing > 0)

  function choose(value: string) {
    setShow(SHOWN.find((each) => each === value) ?? 'all')
    setPage(1)
  }

  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={t('rows.show')}
        value={show}
        onChange={choose}
        data={choices.map((value) => ({ value, label: labelOf(value) }))}
        style={{ alignSelf: 'flex-start', maxWidth: '100%', overflowX: 'auto' }}
      />
      {list.isPending && <Skeletons rows={6} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data !== undefined && (
        <>
          {list.data.total === 0 ? (
            <Text c="dimmed">{t('rows.none')}</Text>
          ) : (
            <RowTable rows={list.data.rows} importId={view.id} canCorrect={canCorrect} />
          )}
          <Pages page={page} total={list.data.total} onPage={setPage} />
        </>
      )}
    </Stack>
  )

  function labelOf(value: Shown): string {
    if (value === 'all') return t('rows.all')
    return value === 'differing' ? t('rows.differing') : t(canCorrect ? `counts.${value}` : `outcomes.${value}`)
  }
}

function RowTable({ rows, importId, canCorrect }: { rows: ImportRow[]; importId: string; canCorrect: boolean }) {
  const { t } = useTranslation('imports')
  const columns: Column<ImportRow>[] = [
    {
      key: 'row',
      title: t('rows.row'),
      isNumber: true,
      render: ({ row, part }) => (part === '' ? row : `${part} ${row}`),
    },
    { key: 'what', title: t('rows.what'), isName: true, render: nameOf },
    { key: 'outcome', title: t('rows.outcome'), render: ({ outcome }) => t(`outcomes.${outcome}`) },
    {
      key: 'details',
      title: t('rows.details'),
      render: (row) => <RowDetails row={row} importId={importId} canCorrect={canCorrect} />,
    },
  ]
  return <DataTable caption={t('rows.caption')} columns={columns} rows={rows} keyOf={({ n }) => String(n)} />
}

function nameOf({ section, texts }: ImportRow): string {
  const said = NAMED_BY[section].map((column) => texts.find((each) => each.column === column)?.text ?? '')
  return said.filter((text) => text !== '').join(' · ') || '–'
}

function Pages({ page, total, onPage }: { page: number; total: number; onPage: (page: number) => void }) {
  const { t } = useTranslation('imports')
  const last = Math.ceil(total / IMPORT_ROWS_A_PAGE)
  if (last <= 1) return null
  const from = (page - 1) * IMPORT_ROWS_A_PAGE + 1
  return (
    <nav aria-label={t('rows.pages')}>
      <Group gap="xs">
        <Button variant="default" disabled={page === 1} onClick={() => onPage(page - 1)}>
          {t('rows.earlier')}
        </Button>
        <Text role="status">{t('rows.page', { from, to: Math.min(total, from + IMPORT_ROWS_A_PAGE - 1), total })}</Text>
        <Button variant="default" disabled={page >= last} onClick={() => onPage(page + 1)}>
          {t('rows.later')}
        </Button>
      </Group>
    </nav>
  )
}
