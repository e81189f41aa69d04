import type { PlanClashView } from '@app/contract'
import { useTranslation } from 'react-i18next'
import { type Column, DataTable } from './data-table.tsx'
import styles from './plan-rows.module.css'
import { useTimeFormat } from './time.tsx'

type Plan = { opensAt: string; closesAt: string; room: string | null }
export type PlanRow = {
  key: string
  outcome: 'new' | 'same' | 'changed' | 'gone' | 'cancelled' | 'kept' | 'not-held' | 'past' | 'overlaps'
  plan: Plan
  was: Plan | null
  because: string | null
  clashes: readonly PlanClashView[]
}

/** What a plan would do, a row for each session, with what is in its way. */
export function PlanRows({ rows }: { rows: readonly PlanRow[] }) {
  const { t } = useTranslation('sessions')
  const { dayAndTime } = useTimeFormat()
  const columns: Column<PlanRow>[] = [
    { key: 'when', title: t('follow.when'), isName: true, render: ({ plan }) => dayAndTime(plan.opensAt) },
    { key: 'room', title: t('week.room'), render: ({ plan }) => plan.room ?? '' },
    {
      key: 'what',
      title: t('follow.what'),
      render: (row) => (
        <div>
          <span className={styles.outcome} data-outcome={row.outcome}>
            {t(`follow.outcome.${row.outcome}`)}
          </span>
          {row.because !== null && row.because !== '' && ` · ${row.because}`}
          {row.outcome === 'changed' && row.was !== null && (
            <span className={styles.was}> · {t('follow.was', { time: dayAndTime(row.was.opensAt) })}</span>
          )}
          {row.clashes.map((clash) => (
            <span key={`${clash.because} ${clash.className} ${clash.opensAt}`} className={styles.clash}>
              {t(`follow.clash.${clash.because}`, { class: clash.className, time: dayAndTime(clash.opensAt) })}
            </span>
          ))}
        </div>
      ),
    },
  ]
  return <DataTable caption={t('follow.caption')} columns={columns} rows={rows} keyOf={({ key }) => key} />
}
