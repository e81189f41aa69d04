import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../../ui/button-link.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { TextLink } from '../../ui/text-link.tsx'

type OverviewListProps<Row> = {
  words: { title: string; lead: string; none: string; caption: string }
  answer: { isPending: boolean; error: unknown; refetch: () => unknown }
  /** Known once there is an answer. */
  rows: readonly Row[] | undefined
  columns: readonly Column<Row>[]
  keyOf: (row: Row) => string
  /** What stands below the table. */
  foot?: ReactNode
}

/** The list behind a number of the overview, in whatever state it is. */
export function OverviewList<Row>({ words, answer, rows, columns, keyOf, foot }: OverviewListProps<Row>) {
  const { t } = useTranslation('overview')
  const back = (
    <ButtonLink variant="default" to="/overview">
      {t('back')}
    </ButtonLink>
  )
  return (
    <Page title={words.title} lead={words.lead} actions={back}>
      {answer.isPending && <Skeletons />}
      {rows?.length === 0 && <EmptyState title={words.none} />}
      {rows !== undefined && rows.length > 0 && (
        <DataTable caption={words.caption} columns={columns} rows={rows} keyOf={keyOf} />
      )}
      {answer.error !== null && <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />}
      {foot}
    </Page>
  )
}

type OfClass = { classId: string; className: string; subjectName: string }

/** A row's class with the way to it, and what is taught there. */
export function useClassColumns<Row extends OfClass>(): { className: Column<Row>; subjectName: Column<Row> } {
  const { t } = useTranslation('overview')
  return {
    className: {
      key: 'class',
      title: t('columns.class'),
      isName: true,
      sortBy: ({ className }) => className,
      render: ({ classId, className }) => (
        <TextLink to="/classes/$classId" params={{ classId }}>
          {className}
        </TextLink>
      ),
    },
    subjectName: {
      key: 'subject',
      title: t('columns.subject'),
      sortBy: ({ subjectName }) => subjectName,
      render: ({ subjectName }) => subjectName,
    },
  }
}
