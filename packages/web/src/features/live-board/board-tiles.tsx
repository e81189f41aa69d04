import type { Tile } from '@app/contract'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { StatusShape } from '../../ui/status-badge.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import { initialsOf } from './board-state.ts'
import classes from './board-tiles.module.css'
import { MethodIcon } from './method-icon.tsx'

type BoardTilesProps = {
  tiles: readonly Tile[]
  fresh: ReadonlySet<string>
  /** Null for those who may look but not mark. */
  onMark: ((tile: Tile) => void) | null
}

export function BoardTiles({ tiles, fresh, onMark }: BoardTilesProps) {
  return (
    <ul className={classes.tiles}>
      {tiles.map((tile) => (
        <li key={tile.studentId}>
          <StudentTile tile={tile} isFresh={fresh.has(tile.studentId)} onMark={onMark} />
        </li>
      ))}
    </ul>
  )
}

type StudentTileProps = { tile: Tile; isFresh: boolean; onMark: BoardTilesProps['onMark'] }

const StudentTile = memo(function StudentTile({ tile, isFresh, onMark }: StudentTileProps) {
  const label = useTileLabel(tile)
  const { time } = useTimeFormat()
  const { fullName, status, method, markedAt } = tile
  return (
    <button
      type="button"
      className={classes.tile}
      data-status={status ?? 'missing'}
      data-fresh={isFresh}
      aria-label={label}
      aria-haspopup="dialog"
      disabled={onMark === null}
      onClick={() => onMark?.(tile)}
    >
      <span className={classes.initials}>{initialsOf(fullName)}</span>
      <span className={classes.words}>
        <span className={classes.name}>{fullName}</span>
        <span className={classes.how}>
          {status !== null && <StatusShape status={status} size={16} />}
          {markedAt !== null && status !== 'absent' && time(markedAt)}
          {method !== null && <MethodIcon method={method} />}
        </span>
      </span>
    </button>
  )
})

function useTileLabel({ fullName: name, rollNo, status, method, markedAt }: Tile): string {
  const { t } = useTranslation(['live-board', 'shell'])
  const { time } = useTimeFormat()
  if (status === null || method === null || markedAt === null) {
    return t('live-board:tile.label', { name, rollNo, status: t('live-board:tile.missing') })
  }
  return t('live-board:tile.labelMarked', {
    name,
    rollNo,
    status: t(`shell:status.${status}`),
    method: t(`shell:method.${method}`),
    time: time(markedAt),
  })
}
