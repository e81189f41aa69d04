import { type AuditRow, listAudit, type ResultOf } from '@app/contract'
import { Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ApiFailure } from '../../api/failure.ts'
import { readKey, useApi } from '../../api/use-api.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import type { AuditChoice } from './audit-choice.ts'
import { AuditFilters } from './audit-filters.tsx'
import classes from './audit-screen.module.css'
import { changesOf, useAuditSentence } from './audit-words.ts'

type AuditScreenProps = { choice: AuditChoice; onChoice: (choice: AuditChoice) => void }

/** The institution's log, for its administrators. */
export function AuditScreen({ choice, onChoice }: AuditScreenProps) {
  const { t } = useTranslation('audit')
  const log = useAuditLog(choice)
  const pages = log.data?.pages ?? []
  return (
    <Page title={t('title')} lead={t('lead')}>
      <AuditFilters key={JSON.stringify(choice)} choice={choice} onChoice={onChoice} />
      {log.isPending && <Skeletons rows={8} />}
      {log.isError && pages.length === 0 && <ErrorState error={log.error} onRetry={() => void log.refetch()} />}
      {pages.length > 0 && <Log pages={pages} />}
      {log.isError && pages.length > 0 && <ErrorState error={log.error} onRetry={() => void log.fetchNextPage()} />}
      {log.hasNextPage && !log.isError && (
        <div className={classes.foot}>
          <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t('older')}
          </Button>
        </div>
      )}
    </Page>
  )
}

/** A page at a time, each from the last line of the one before: what is written meanwhile moves nothing. */
function useAuditLog(choice: AuditChoice) {
  const api = useApi()
  return useInfiniteQuery<ResultOf<typeof listAudit>, ApiFailure>({
    queryKey: readKey(listAudit, { query: choice }),
    queryFn: ({ pageParam, signal }) =>
      api.call(listAudit, {
        query: { ...choice, ...(typeof pageParam === 'string' ? { before: pageParam } : {}) },
        signal,
      }),
    initialPageParam: null,
    getNextPageParam: ({ next }) => next,
  })
}

function Log({ pages }: { pages: readonly ResultOf<typeof listAudit>[] }) {
  const { t } = useTranslation('audit')
  const { dayAndTime, full } = useTimeFormat()
  const rows = pages.flatMap((page) => page.rows)
  const head = pages[0]?.head ?? null
  if (rows.length === 0) return <EmptyState title={t('empty.title')} text={t('empty.text')} />
  const columns: Column<AuditRow>[] = [
    {
      key: 'when',
      title: t('table.when'),
      render: ({ at }) => (
        <time dateTime={at} title={full(at)}>
          {dayAndTime(at)}
        </time>
      ),
    },
    { key: 'what', title: t('table.what'), isName: true, render: (row) => <Happened row={row} /> },
    {
      key: 'link',
      title: t('table.link'),
      render: ({ link }) => (
        <span className={classes.hash} title={link?.hash}>
          {link === null ? t('notLinked') : `${link.seq} · ${link.hash.slice(0, 8)}`}
        </span>
      ),
    },
  ]
  return (
    <>
      <DataTable caption={t('table.caption')} columns={columns} rows={rows} keyOf={({ id }) => id} />
      {pages.at(-1)?.next === null && (
        <Text c="dimmed" ta="center" mt="md">
          {t('end')}
        </Text>
      )}
      {head !== null && (
        <Text c="dimmed" size="sm" mt="xl">
          {t('head')} <span className={classes.hash}>{`${head.seq}:${head.hash}`}</span> {t('headHint')}
        </Text>
      )}
    </>
  )
}

function Happened({ row }: { row: AuditRow }) {
  const { t } = useTranslation('audit')
  const { dayAndTime } = useTimeFormat()
  const sentence = useAuditSentence()
  const words = { nothing: t('nothing'), yes: t('yes'), no: t('no') }
  return (
    <span className={classes.happened}>
      <span>{sentence(row)}</span>
      {row.reason !== null && <span className={classes.aside}>{t('reason', { reason: row.reason })}</span>}
      {row.session !== null && (
        <span className={classes.aside}>
          {t('session', { class: row.session.className, at: dayAndTime(row.session.opensAt) })}
        </span>
      )}
      {changesOf(row, { instant: dayAndTime, words }).map(({ name, from, to }) => (
        <span key={name} className={classes.aside}>
          {t('change', { name, from, to })}
        </span>
      ))}
    </span>
  )
}
