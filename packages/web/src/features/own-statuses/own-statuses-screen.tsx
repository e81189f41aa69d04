import { changeOwnStatus, listOwnStatuses, type OwnStatus } from '@app/contract'
import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, useSend } from '../../api/use-api.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { StatusDialog } from './status-dialog.tsx'

/** The institution's own words for a mark, beside the four that every institution has. */
export function OwnStatusesScreen() {
  const { t } = useTranslation('admin')
  const statuses = useRead(listOwnStatuses)
  const [editing, setEditing] = useState<OwnStatus | 'new' | null>(null)
  const add = <Button onClick={() => setEditing('new')}>{t('statuses.add')}</Button>
  return (
    <Page title={t('statuses.title')} lead={t('statuses.lead')} actions={add}>
      {statuses.isPending && <Skeletons />}
      {statuses.isError && <ErrorState error={statuses.error} onRetry={() => void statuses.refetch()} />}
      {statuses.data?.statuses.length === 0 && (
        <EmptyState title={t('statuses.none.title')} text={t('statuses.none.text')} />
      )}
      {statuses.data !== undefined && statuses.data.statuses.length > 0 && (
        <StatusTable statuses={statuses.data.statuses} onEdit={setEditing} />
      )}
      {editing !== null && (
        <StatusDialog status={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </Page>
  )
}

type StatusTableProps = { statuses: readonly OwnStatus[]; onEdit: (status: OwnStatus) => void }

function StatusTable({ statuses, onEdit }: StatusTableProps) {
  const { t } = useTranslation(['admin', 'shell'])
  const weightText = useWeightText()
  const toggle = useToggleArchived()
  const columns: Column<OwnStatus>[] = [
    { key: 'name', title: t('admin:statuses.name'), isName: true, render: ({ name }) => name },
    { key: 'base', title: t('admin:statuses.base'), render: ({ base }) => <StatusBadge status={base} /> },
    { key: 'weight', title: t('admin:statuses.weight'), render: ({ weight }) => weightText(weight) },
    {
      key: 'state',
      title: t('admin:statuses.state'),
      render: ({ isArchived }) => t(isArchived ? 'admin:statuses.archived' : 'admin:statuses.inUse'),
    },
    {
      key: 'change',
      title: t('admin:statuses.change'),
      hasHiddenTitle: true,
      render: (status) => (
        <Group gap="xs">
          <Button
            variant="default"
            aria-label={t('admin:statuses.changeOf', { name: status.name })}
            onClick={() => onEdit(status)}
          >
            {t('admin:statuses.change')}
          </Button>
          <Button variant="subtle" onClick={() => toggle(status)}>
            {t(status.isArchived ? 'admin:statuses.putBack' : 'admin:statuses.archive', { name: status.name })}
          </Button>
        </Group>
      ),
    },
  ]
  return <DataTable caption={t('admin:statuses.title')} columns={columns} rows={statuses} keyOf={({ id }) => id} />
}

/** Off the list or back on it; marks that have the status keep it either way. */
function useToggleArchived(): (status: OwnStatus) => void {
  const { t } = useTranslation('admin')
  const notify = useNotify()
  const change = useSend(changeOwnStatus, { changes: [listOwnStatuses] })
  const put = ({ id, name, weight }: OwnStatus, isArchived: boolean, onDone: () => void) => {
    change.mutateAsync({ params: { statusId: id }, body: { name, weight, isArchived } }).then(onDone, notify.failed)
  }
  return (status) =>
    put(status, !status.isArchived, () =>
      notify.done(t(status.isArchived ? 'statuses.isBack' : 'statuses.isArchived', { name: status.name }), () =>
        put(status, status.isArchived, () => undefined),
      ),
    )
}

export function useWeightText(): (weight: number | null) => string {
  const { t, i18n } = useTranslation('admin')
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' })
  return (weight) => (weight === null ? t('statuses.notCounted') : percent.format(weight))
}
