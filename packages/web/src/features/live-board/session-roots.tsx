import { listSessionRoots } from '@app/contract'
import { shortRoot } from '@app/domain'
import { Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { readOptions, useApi } from '../../api/use-api.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import classes from './session-roots.module.css'

/**
 * The root of an ended session, to be kept: receipts are checked against it. Those it had before stand below. A correction
 * makes a new one: the board mounts it anew with each of its events.
 */
export function SessionRoots({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation('audit')
  const { dayAndTime } = useTimeFormat()
  const roots = readOptions(useApi(), listSessionRoots, { params: { sessionId } })
  const { data, isError, error, refetch } = useQuery({ ...roots, staleTime: 0 })
  if (isError) return <ErrorState error={error} onRetry={() => void refetch()} />
  const last = data?.roots.at(-1)
  if (data === undefined || last === undefined) return null
  const older = data.roots.slice(0, -1).reverse()
  return (
    <section className={classes.roots}>
      <Title order={2} size="h4">
        {t('roots.title')}
      </Title>
      <p className={classes.short}>{shortRoot(last.root)}</p>
      <p className={classes.whole}>{last.root}</p>
      <Text c="dimmed">{t('roots.text')}</Text>
      <div className="no-print">
        <CopyButton text={last.root} label={t('roots.copy')} />
      </div>
      {older.length > 0 && (
        <details>
          <summary className={classes.summary}>{t('roots.older', { count: older.length })}</summary>
          <ul className={classes.older}>
            {older.map(({ root, at }) => (
              <li key={root} className={classes.whole}>
                {t('roots.at', { at: dayAndTime(at), root })}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
