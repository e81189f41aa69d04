import type { ReasonCount } from '@app/contract'
import { Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { useReasonText } from '../../ui/use-reason-text.ts'
import classes from './refusals-screen.module.css'
import { ShareBar } from './share-bar.tsx'

/** How often each reason refused, the most frequent first. */
export function ReasonTable({ reasons, attempts }: { reasons: readonly ReasonCount[]; attempts: number }) {
  const { t } = useTranslation('refusals')
  const reasonText = useReasonText()
  const columns: Column<ReasonCount>[] = [
    {
      key: 'reason',
      title: t('reasons.reason'),
      isName: true,
      render: (reason) => <span className={classes.reason}>{reasonText(reason)}</span>,
    },
    { key: 'count', title: t('reasons.count'), isNumber: true, render: ({ count }) => count },
    { key: 'share', title: t('reasons.share'), render: ({ count }) => <ShareBar part={count} whole={attempts} /> },
  ]
  return (
    <section className={classes.section}>
      <Title order={2} size="h3">
        {t('reasons.title')}
      </Title>
      <DataTable
        caption={t('reasons.caption')}
        columns={columns}
        rows={reasons}
        keyOf={({ because, action }) => `${because} ${action ?? ''}`}
      />
    </section>
  )
}
