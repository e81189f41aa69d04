import type { MergePreview } from '@app/contract'
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Column, DataTable } from '../data-table.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { useTimeFormat } from '../time.tsx'
import classes from './merge.module.css'

/** What a merge takes over, throws away and decides, in words. */
export function MergeFacts({ preview }: { preview: MergePreview }) {
  const { t, i18n } = useTranslation('moving')
  const { stays, records, guardians, holds, face, filled, both } = preview
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' })
  const facts = [
    t('merge.stays', { count: stays }),
    t('merge.records', { count: records }),
    ...(guardians > 0 ? [t('merge.guardians', { count: guardians })] : []),
    t(`merge.face.${face}`),
    ...(holds > 0 ? [t('merge.holds', { count: holds })] : []),
    ...(filled.length > 0
      ? [t('merge.filled', { fields: list.format(filled.map((name) => t(`merge.fields.${name}`))) })]
      : []),
  ]
  return (
    <div>
      <Text fw={650}>{t('merge.what')}</Text>
      <ul className={classes.facts}>
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      {both.length > 0 && <DoubleMarks both={both} />}
    </div>
  )
}

type Double = MergePreview['both'][number]

function DoubleMarks({ both }: { both: readonly Double[] }) {
  const { t } = useTranslation(['moving', 'shell'])
  const { dayAndTime } = useTimeFormat()
  const mark = (of: Double['ofKept'], isUsed: boolean) => (
    <div className={classes.mark}>
      <StatusBadge status={of.status} />
      <span>{t(`shell:method.${of.method}`)}</span>
      {isUsed && <strong>{t('moving:merge.used')}</strong>}
    </div>
  )
  const columns: Column<Double>[] = [
    {
      key: 'session',
      title: t('moving:merge.session'),
      isName: true,
      render: ({ className, opensAt }) => `${className}, ${dayAndTime(opensAt)}`,
    },
    { key: 'kept', title: t('moving:merge.ofKept'), render: ({ ofKept, stays }) => mark(ofKept, stays === 'kept') },
    {
      key: 'merged',
      title: t('moving:merge.ofMerged'),
      render: ({ ofMerged, stays }) => mark(ofMerged, stays === 'merged'),
    },
  ]
  return (
    <>
      <Text mt="md">{t('moving:merge.both', { count: both.length })}</Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard */}
      <section className={classes.both} tabIndex={0} aria-label={t('moving:merge.bothCaption')}>
        <DataTable
          caption={t('moving:merge.bothCaption')}
          columns={columns}
          rows={both}
          keyOf={({ sessionId }) => sessionId}
        />
      </section>
    </>
  )
}
