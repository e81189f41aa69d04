import { type HistoryEntry, listPersonHistory, type ResultOf } from '@app/contract'
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { readKey, useApi } from '../../api/use-api.tsx'
import { ErrorState, Skeletons } from '../../ui/states.tsx'
import { plainName, plainValue, type ValueWords } from '../../ui/stored-values.ts'
import { When } from '../../ui/time.tsx'
import classes from './people.module.css'
import { Section } from './section.tsx'

type PageOfHistory = ResultOf<typeof listPersonHistory>

/** What the audit log tells of a person, the newest first. */
export function HistorySection({ personId }: { personId: string }) {
  const { t } = useTranslation('people')
  const api = useApi()
  const history = useInfiniteQuery({
    queryKey: readKey(listPersonHistory, { params: { personId } }),
    queryFn: ({ pageParam, signal }) =>
      api.call(listPersonHistory, {
        params: { personId },
        query: pageParam === null ? {} : { before: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }: PageOfHistory) => next,
  })
  const entries = history.data?.pages.flatMap((page) => page.entries) ?? []
  return (
    <Section title={t('person.history')} isWide>
      {history.isPending && <Skeletons rows={3} height={48} />}
      {history.isError && <ErrorState error={history.error} onRetry={() => void history.refetch()} />}
      {history.isSuccess && entries.length === 0 && <p className={classes.aside}>{t('person.noHistory')}</p>}
      <ul className={classes.list}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ul>
      {history.hasNextPage && (
        <Button variant="default" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          {t('person.older')}
        </Button>
      )}
    </Section>
  )
}

function Entry({ entry: { at, action, actor, oldValue, newValue, reason } }: { entry: HistoryEntry }) {
  const { t, i18n } = useTranslation('people')
  const key = `historyActions.${action}` as 'historyActions.person-changed'
  // What another part of the program writes is told by its own name, with blanks for the dashes.
  const name = i18n.exists(`people:${key}`) ? t(key) : action.replaceAll('-', ' ')
  const who = actor === null ? t('person.byServer') : actor.fullName || t('person.somebody')
  return (
    <li>
      <div className={classes.what}>
        {name}
        {linesOf(oldValue, newValue, { nothing: t('person.nothing'), yes: t('person.yes'), no: t('person.no') }).map(
          (line) => (
            <p key={line} className={classes.aside}>
              {line}
            </p>
          ),
        )}
        {reason !== null && <p className={classes.aside}>{reason}</p>}
      </div>
      <span className={classes.aside}>
        {who}, <When at={at} />
      </span>
    </li>
  )
}

type Values = HistoryEntry['oldValue']

/** Ids say nothing to a reader; what has words is told, the old beside the new. */
function linesOf(oldValue: Values, newValue: Values, words: ValueWords): string[] {
  const names = [...new Set([...Object.keys(oldValue ?? {}), ...Object.keys(newValue ?? {})])]
  return names
    .filter((name) => !/ids?$/i.test(name))
    .map((name) => {
      const [before, after] = [plainValue(oldValue?.[name], words), plainValue(newValue?.[name], words)]
      return `${plainName(name)}: ${oldValue === null || oldValue === undefined ? after : `${before} → ${after}`}`
    })
}
