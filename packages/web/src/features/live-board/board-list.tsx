import type { Assurance, Tile } from '@app/contract'
import { Button, Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import '../../ui/checkbox-styles.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import { useStatusText } from './status-text.ts'
import { useAssuranceText } from './use-assurance-text.ts'

type BoardListProps = {
  tiles: readonly Tile[]
  /** The least a check-in of this session must reach. */
  demanded: Assurance
  onOpen: (tile: Tile) => void
  /** Null for those who may look but not mark. */
  chosen: ReadonlySet<string> | null
  onChoose: (studentId: string, isChosen: boolean) => void
}

/** The board as a table, for a class of three hundred; some can be chosen and marked together. */
export function BoardList({ tiles, demanded, onOpen, chosen, onChoose }: BoardListProps) {
  const { t } = useTranslation(['live-board', 'shell'])
  const columns = useColumns(demanded)
  const choice: Column<Tile>[] =
    chosen === null
      ? []
      : [
          {
            key: 'choose',
            title: t('live-board:list.choose'),
            hasHiddenTitle: true,
            render: ({ studentId, fullName }) => (
              <Checkbox
                aria-label={t('live-board:list.chooseOf', { name: fullName })}
                checked={chosen.has(studentId)}
                onChange={(event) => onChoose(studentId, event.currentTarget.checked)}
              />
            ),
          },
        ]
  const open: Column<Tile> = {
    key: 'change',
    title: t('live-board:list.change'),
    hasHiddenTitle: true,
    render: (tile) => (
      <Button
        variant="default"
        aria-label={t(chosen === null ? 'live-board:list.historyOf' : 'live-board:list.changeOf', {
          name: tile.fullName,
        })}
        onClick={() => onOpen(tile)}
      >
        {t(chosen === null ? 'live-board:list.history' : 'live-board:list.change')}
      </Button>
    ),
  }
  return (
    <DataTable
      caption={t('live-board:list.caption')}
      columns={[...choice, ...columns, open]}
      rows={tiles}
      keyOf={({ studentId }) => studentId}
    />
  )
}

function useColumns(demanded: Assurance): Column<Tile>[] {
  const { t } = useTranslation(['live-board', 'shell'])
  const { time } = useTimeFormat()
  const statusText = useStatusText()
  const assuranceText = useAssuranceText()
  return [
    { key: 'rollNo', title: t('live-board:list.rollNo'), render: ({ rollNo }) => rollNo },
    { key: 'name', title: t('live-board:list.name'), isName: true, render: ({ fullName }) => fullName },
    {
      key: 'status',
      title: t('live-board:list.status'),
      render: (tile) =>
        tile.status === null ? statusText(tile) : <StatusBadge status={tile.status} label={statusText(tile)} />,
    },
    {
      key: 'how',
      title: t('live-board:list.how'),
      render: ({ method, markedBy }) =>
        method === null ? '' : [t(`shell:method.${method}`), markedBy].filter((part) => part !== null).join(', '),
    },
    {
      key: 'assurance',
      title: t('live-board:list.assurance'),
      isExtra: true,
      render: (tile) => {
        const text = assuranceText(tile, demanded)
        if (text === null) return ''
        const said = text.isBelow ? t('live-board:belowShort', { level: text.level, demanded }) : text.level
        return <abbr title={text.words}>{said}</abbr>
      },
    },
    {
      key: 'time',
      title: t('live-board:list.time'),
      render: ({ markedAt }) => (markedAt === null ? '' : time(markedAt)),
    },
  ]
}
