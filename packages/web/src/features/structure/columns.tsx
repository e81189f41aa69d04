import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../ui/data-table.tsx'
import { useDayFormat } from '../../ui/days.ts'

/** The columns that the tables of the structure share. */
export function useColumns() {
  const { t } = useTranslation('structure')
  const days = useDayFormat()
  return {
    name: <Row extends { name: string }>(): Column<Row> => ({
      key: 'name',
      title: t('name'),
      isName: true,
      sortBy: ({ name }) => name,
      render: ({ name }) => name,
    }),
    days: <Row extends { startsOn: string; endsOn: string }>(): Column<Row>[] => [
      {
        key: 'startsOn',
        title: t('firstDay'),
        sortBy: ({ startsOn }) => startsOn,
        render: ({ startsOn }) => days.full(startsOn),
      },
      { key: 'endsOn', title: t('lastDay'), sortBy: ({ endsOn }) => endsOn, render: ({ endsOn }) => days.full(endsOn) },
    ],
    count: <Row,>(title: string, of: (row: Row) => number): Column<Row> => ({
      key: title,
      title,
      isNumber: true,
      sortBy: of,
      render: of,
    }),
    state: <Row extends { archivedAt: string | null }>(): Column<Row> => ({
      key: 'state',
      title: t('state'),
      render: ({ archivedAt }) => t(archivedAt === null ? 'inUse' : 'archived'),
    }),
    actions: <Row,>(render: (row: Row) => ReactNode): Column<Row> => ({
      key: 'actions',
      title: t('actions'),
      hasHiddenTitle: true,
      render,
    }),
  }
}
