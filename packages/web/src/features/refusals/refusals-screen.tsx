import { getRefusalStatistics, listClasses, type ResultOf } from '@app/contract'
import { SMALLEST_GROUP } from '@app/domain'
import { NativeSelect, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/use-api.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { REFUSAL_DAYS, type RefusalsChoice } from './choice.ts'
import { GroupTable } from './group-table.tsx'
import { ReasonTable } from './reason-table.tsx'
import classes from './refusals-screen.module.css'
import { useShareText } from './share-bar.tsx'

type RefusalsScreenProps = { choice: RefusalsChoice; onChoice: (choice: RefusalsChoice) => void }

/** Whom the camera refuses, and why: figures about tries, never about a student. */
export function RefusalsScreen({ choice, onChoice }: RefusalsScreenProps) {
  const { t } = useTranslation('refusals')
  const { classId, days } = choice
  const statistics = useRead(getRefusalStatistics, { query: { days, ...(classId === null ? {} : { classId }) } })
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Filters choice={choice} onChoice={onChoice} />
      {statistics.isPending && <Skeletons />}
      {statistics.isError && <ErrorState error={statistics.error} onRetry={() => void statistics.refetch()} />}
      {statistics.data && <Figures days={days} statistics={statistics.data} />}
    </Page>
  )
}

function Filters({ choice, onChoice }: RefusalsScreenProps) {
  const { t } = useTranslation('refusals')
  const list = useRead(listClasses)
  const known = list.data?.classes ?? []
  const options = known.map(({ id, name, subject }) => ({ value: id, label: `${name}, ${subject.name}` }))
  return (
    <div className={classes.filters}>
      <NativeSelect
        label={t('filter.class')}
        value={choice.classId ?? ''}
        onChange={({ currentTarget }) => onChoice({ ...choice, classId: currentTarget.value || null })}
        data={[{ value: '', label: t('filter.allClasses') }, ...options]}
      />
      <NativeSelect
        label={t('filter.days')}
        value={String(choice.days)}
        onChange={({ currentTarget }) => {
          const days = REFUSAL_DAYS.find((count) => String(count) === currentTarget.value)
          if (days !== undefined) onChoice({ ...choice, days })
        }}
        data={REFUSAL_DAYS.map((count) => ({ value: String(count), label: t('filter.lastDays', { count }) }))}
      />
    </div>
  )
}

type FiguresProps = { days: number; statistics: ResultOf<typeof getRefusalStatistics> }

function Figures({ days, statistics }: FiguresProps) {
  const { t } = useTranslation('refusals')
  const share = useShareText()
  const { totals, reasons, byDevice, byLight } = statistics
  if (totals.refused === 0) {
    const text = totals.attempts === 0 ? t('empty.noTries') : t('empty.noRefusals', { count: totals.attempts })
    return <EmptyState title={t('empty.title', { count: days })} text={text} />
  }
  return (
    <>
      <p className={classes.total}>
        {t('total.attempts', { count: totals.attempts })},{' '}
        {t('total.refused', { count: totals.refused, share: share(totals.refused, totals.attempts) })}
      </p>
      {totals.held > 0 && <Text c="dimmed">{t('total.held', { count: totals.held })}</Text>}
      <ReasonTable reasons={reasons} attempts={totals.attempts} />
      <GroupTable kind="device" groups={byDevice} />
      <GroupTable kind="light" groups={byLight} />
      <Text c="dimmed" mt="xl">
        {t('smallest', { count: SMALLEST_GROUP })}
      </Text>
    </>
  )
}
