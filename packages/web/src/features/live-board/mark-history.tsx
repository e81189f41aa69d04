import { getMarkHistory, type ResultOf } from '@app/contract'
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/use-api.tsx'
import { ErrorState, Skeletons } from '../../ui/states.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import classes from './mark-history.module.css'
import { useStatusText } from './status-text.ts'

type Change = ResultOf<typeof getMarkHistory>['changes'][number]

/** Every change of one mark: who, when, from what to what, and why. */
export function MarkHistory({ sessionId, studentId }: { sessionId: string; studentId: string }) {
  const { t } = useTranslation('live-board')
  const history = useRead(getMarkHistory, { params: { sessionId, studentId } })
  if (history.isPending) return <Skeletons rows={2} height={48} />
  if (history.isError) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />
  const { changes } = history.data
  if (changes.length === 0) return <Text c="dimmed">{t('history.none')}</Text>
  return (
    <ol className={classes.changes} aria-label={t('history.label')}>
      {changes.map((change, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a history only grows at its end
        <li key={place}>
          <ChangeLine change={change} />
        </li>
      ))}
    </ol>
  )
}

function ChangeLine({ change }: { change: Change }) {
  const { t } = useTranslation(['live-board', 'shell'])
  const { dayAndTime, full } = useTimeFormat()
  const word = useMarkWord()
  const { at, by, from, to, reason } = change
  return (
    <>
      <div className={classes.what} title={to?.assurance ? t(`live-board:assurance.${to.assurance}`) : undefined}>
        {from === null ? word(to) : t('live-board:history.change', { from: word(from), to: word(to) })}
      </div>
      <div className={classes.who}>
        {by ?? t('live-board:history.server')} ·{' '}
        <time dateTime={at} title={full(at)}>
          {dayAndTime(at)}
        </time>
        {reason !== null && ` · ${reason}`}
      </div>
    </>
  )
}

function useMarkWord(): (mark: Change['to']) => string {
  const { t } = useTranslation(['live-board', 'shell'])
  const statusText = useStatusText()
  return (mark) => {
    if (mark === null) return t('live-board:tile.missing')
    const ownStatus = mark.ownStatus === null ? null : { id: '', name: mark.ownStatus }
    const status = statusText({ status: mark.status, ownStatus, isHeld: mark.isHeld })
    return `${status} (${t(`shell:method.${mark.method}`)})`
  }
}
