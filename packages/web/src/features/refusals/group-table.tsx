import type { DeviceGroup, LightGroup } from '@app/contract'
import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { useReasonText } from '../../ui/use-reason-text.ts'
import classes from './refusals-screen.module.css'
import { ShareBar, useShareText } from './share-bar.tsx'

type Group = z.infer<typeof DeviceGroup> | z.infer<typeof LightGroup>

/** Tries, refusals and their reasons, one row for each kind of device or light. */
export function GroupTable({ kind, groups }: { kind: 'device' | 'light'; groups: readonly Group[] }) {
  const { t } = useTranslation('refusals')
  const columns: Column<Group>[] = [
    { key: 'group', title: t(`${kind}.group`), isName: true, render: ({ group }) => t(`groups.${group}`) },
    { key: 'attempts', title: t('column.attempts'), isNumber: true, render: ({ attempts }) => attempts },
    {
      key: 'refused',
      title: t('column.refused'),
      render: ({ refused, attempts }) => <ShareBar part={refused} whole={attempts} />,
    },
    { key: 'why', title: t('column.why'), render: (group) => <Why group={group} /> },
  ]
  return (
    <section className={classes.section}>
      <Title order={2} size="h3">
        {t(`${kind}.title`)}
      </Title>
      <Text c="dimmed">{t(`${kind}.hint`)}</Text>
      <DataTable caption={t(`${kind}.caption`)} columns={columns} rows={groups} keyOf={({ group }) => group} />
    </section>
  )
}

function Why({ group }: { group: Group }) {
  const { t, i18n } = useTranslation('refusals')
  const reasonText = useReasonText()
  const share = useShareText()
  if (group.refused === 0) return t('column.none')
  const parts = group.reasons.map((reason) =>
    t('column.one', { why: reasonText(reason), share: share(reason.count, group.attempts) }),
  )
  return <span className={classes.reason}>{new Intl.ListFormat(i18n.language, { type: 'unit' }).format(parts)}</span>
}
