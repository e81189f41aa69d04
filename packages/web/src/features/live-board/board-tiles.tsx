import type { Assurance, Tile } from '@app/contract'
import { type KeyboardEvent, memo } from 'react'
import { useTranslation } from 'react-i18next'
import { StatusShape } from '../../ui/status-badge.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import { initialsOf } from './board-state.ts'
import classes from './board-tiles.module.css'
import { MethodIcon } from './method-icon.tsx'
import { useStatusText } from './status-text.ts'
import { moveFocus, statusOfKey } from './tile-keys.ts'
import { useAssuranceText } from './use-assurance-text.ts'
import type { Marking } from './use-marking.ts'
import { plainly } from './use-marking.ts'

type BoardTilesProps = {
  tiles: readonly Tile[]
  /** The least a check-in of this session must reach. */
  demanded: Assurance
  fresh: ReadonlySet<string>
  onOpen: (tile: Tile) => void
  /** Null for those who may look but not mark. */
  marking: Marking | null
}

/** A button for each student. A letter marks the one that has the focus, arrows go to the next. */
export function BoardTiles({ tiles, demanded, fresh, onOpen, marking }: BoardTilesProps) {
  const { t } = useTranslation('live-board')

  function onKeyDown(event: KeyboardEvent<HTMLUListElement>) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (moveFocus(event.currentTarget, event.key)) return event.preventDefault()
    const status = statusOfKey(event.key)
    const id = (event.target as HTMLElement).dataset.student
    const tile = tiles.find(({ studentId }) => studentId === id)
    if (status === null || tile === undefined || marking === null) return
    event.preventDefault()
    marking.markQuickly(tile, plainly(status))
  }

  return (
    <>
      {marking !== null && <p className={classes.keys}>{t('tile.keys')}</p>}
      <ul className={classes.tiles} onKeyDown={onKeyDown}>
        {tiles.map((tile) => (
          <li key={tile.studentId}>
            <StudentTile tile={tile} demanded={demanded} isFresh={fresh.has(tile.studentId)} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </>
  )
}

type StudentTileProps = Pick<BoardTilesProps, 'demanded' | 'onOpen'> & { tile: Tile; isFresh: boolean }

const StudentTile = memo(function StudentTile({ tile, demanded, isFresh, onOpen }: StudentTileProps) {
  const label = useTileLabel(tile, demanded)
  const assurance = useAssuranceText()(tile, demanded)
  const { time } = useTimeFormat()
  const { fullName, status, ownStatus, method, markedAt, isHeld } = tile
  return (
    <button
      type="button"
      className={classes.tile}
      data-student={tile.studentId}
      data-status={isHeld ? 'held' : (status ?? 'missing')}
      data-fresh={isFresh}
      aria-label={label}
      title={assurance?.words}
      aria-haspopup="dialog"
      onClick={() => onOpen(tile)}
    >
      <span className={classes.initials}>{initialsOf(fullName)}</span>
      <span className={classes.words}>
        <span className={classes.name}>{fullName}</span>
        <span className={classes.how}>
          {status !== null && <StatusShape status={status} size={16} />}
          {ownStatus?.name ?? (markedAt !== null && status !== 'absent' && time(markedAt))}
          {method !== null && <MethodIcon method={method} />}
          {assurance?.isBelow && <span className={classes.below}>{assurance.level}</span>}
        </span>
      </span>
    </button>
  )
})

function useTileLabel(tile: Tile, demanded: Assurance): string {
  const { t } = useTranslation(['live-board', 'shell'])
  const { time } = useTimeFormat()
  const statusText = useStatusText()
  const assuranceText = useAssuranceText()
  const { fullName: name, rollNo, status, method, markedAt } = tile
  if (status === null || method === null || markedAt === null) {
    return t('live-board:tile.label', { name, rollNo, status: t('live-board:tile.missing') })
  }
  const label = t('live-board:tile.labelMarked', {
    name,
    rollNo,
    status: statusText(tile),
    method: t(`shell:method.${method}`),
    time: time(markedAt),
  })
  return assuranceText(tile, demanded)?.isBelow ? `${label}, ${t('live-board:below', { level: demanded })}` : label
}
