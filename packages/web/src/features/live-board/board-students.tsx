import type { Tile } from '@app/contract'
import { Button, Checkbox, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import '../../ui/checkbox-styles.ts'
import { BoardList } from './board-list.tsx'
import classes from './board-screen.module.css'
import { type Board, chooseTiles } from './board-state.ts'
import { BoardTiles } from './board-tiles.tsx'
import { BoardTools, type Choice } from './board-tools.tsx'
import { BulkDialog } from './bulk-dialog.tsx'
import { useMarking } from './use-marking.ts'

type BoardStudentsProps = {
  board: Board
  fresh: ReadonlySet<string>
  canChange: boolean
  onOpen: (tile: Tile) => void
}

/** The class as tiles or as a list, in the order and choice that the teacher wants. */
export function BoardStudents({ board, fresh, canChange, onOpen }: BoardStudentsProps) {
  const { t } = useTranslation('live-board')
  const [choice, setChoice] = useState<Choice>({ show: 'all', order: 'rollNo', view: 'tiles', search: '' })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const marking = useMarking(board.session.id)
  const shown = chooseTiles(board.tiles, choice.show, choice.order, choice.search)
  const onChoose = (studentId: string, isChosen: boolean) =>
    setChosen((before) => new Set([...before].filter((id) => id !== studentId).concat(isChosen ? [studentId] : [])))
  return (
    <>
      <BoardTools choice={choice} onChange={setChoice} />
      {choice.view === 'tiles' ? (
        <BoardTiles
          tiles={shown}
          demanded={board.session.assurance}
          fresh={fresh}
          onOpen={onOpen}
          marking={canChange ? marking : null}
        />
      ) : (
        <>
          {canChange && <Chosen board={board} shown={shown} chosen={chosen} onChosen={setChosen} />}
          <BoardList
            tiles={shown}
            demanded={board.session.assurance}
            onOpen={onOpen}
            chosen={canChange ? chosen : null}
            onChoose={onChoose}
          />
        </>
      )}
      {shown.length === 0 && <p className={classes.none}>{t('tools.none')}</p>}
    </>
  )
}

type ChosenProps = {
  board: Board
  shown: readonly Tile[]
  chosen: ReadonlySet<string>
  onChosen: (chosen: ReadonlySet<string>) => void
}

function Chosen({ board, shown, chosen, onChosen }: ChosenProps) {
  const { t } = useTranslation('live-board')
  const [isMarking, setIsMarking] = useState(false)
  const tiles = board.tiles.filter(({ studentId }) => chosen.has(studentId))
  const areAllShown = shown.length > 0 && shown.every(({ studentId }) => chosen.has(studentId))
  return (
    <Group gap="md">
      <Checkbox
        label={t('bulk.chooseShown', { count: shown.length })}
        checked={areAllShown}
        indeterminate={!areAllShown && tiles.length > 0}
        onChange={() => onChosen(new Set(areAllShown ? [] : shown.map(({ studentId }) => studentId)))}
      />
      {tiles.length > 0 && (
        <Button onClick={() => setIsMarking(true)}>{t('bulk.mark', { count: tiles.length })}</Button>
      )}
      {isMarking && (
        <BulkDialog
          sessionId={board.session.id}
          students={tiles}
          count={tiles.length}
          onClose={() => setIsMarking(false)}
          onDone={() => {
            setIsMarking(false)
            onChosen(new Set())
          }}
        />
      )}
    </Group>
  )
}
