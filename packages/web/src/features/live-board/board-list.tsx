import type { Tile } from '@app/contract'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { useTimeFormat } from '../../ui/time.tsx'

type BoardListProps = { tiles: readonly Tile[]; onMark: ((tile: Tile) => void) | null }

/** The board as a table, for a class of three hundred. */
export function BoardList({ tiles, onMark }: BoardListProps) {
  const { t } = useTranslation(['live-board', 'shell'])
  const { time } = useTimeFormat()
  const columns: Column<Tile>[] = [
    { key: 'rollNo', title: t('live-board:list.rollNo'), render: ({ rollNo }) => rollNo },
    { key: 'name', title: t('live-board:list.name'), isName: true, render: ({ fullName }) => fullName },
    {
      key: 'status',
      title: t('live-board:list.status'),
      render: ({ status }) => (status === null ? t('live-board:tile.missing') : <StatusBadge status={status} />),
    },
    {
      key: 'how',
      title: t('live-board:list.how'),
      render: ({ method, markedBy }) =>
        method === null ? '' : [t(`shell:method.${method}`), markedBy].filter((part) => part !== null).join(', '),
    },
    {
      key: 'time',
      title: t('live-board:list.time'),
      render: ({ markedAt }) => (markedAt === null ? '' : time(markedAt)),
    },
  ]
  if (onMark !== null) {
    columns.push({
      key: 'change',
      title: t('live-board:list.change'),
      hasHiddenTitle: true,
      render: (tile) => (
        <Button
          variant="default"
          aria-label={t('live-board:list.changeOf', { name: tile.fullName })}
          onClick={() => onMark(tile)}
        >
          {t('live-board:list.change')}
        </Button>
      ),
    })
  }
  return (
    <DataTable
      caption={t('live-board:list.caption')}
      columns={columns}
      rows={tiles}
      keyOf={({ studentId }) => studentId}
    />
  )
}
