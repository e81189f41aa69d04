import { confirmSpotCheck, type FaceConflict, getBoard, type Tile } from '@app/contract'
import { Button, Title } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { useTimeFormat, When } from '../../ui/time.tsx'
import { type Board, needDecision, needSpotCheck } from './board-state.ts'
import { ConflictDialog } from './conflict-dialog.tsx'
import classes from './decisions.module.css'
import { useRefusalText } from './refusal-text.ts'
import { plainly, useMarking } from './use-marking.ts'

type DecisionsProps = { board: Board; canChange: boolean; onMark: ((tile: Tile) => void) | null }

/** Above everything else: who was refused, one face of two students, who did not answer a spot check. */
export function Decisions({ board, canChange, onMark }: DecisionsProps) {
  const { t } = useTranslation('live-board')
  const refused = needDecision(board.tiles)
  const asked = needSpotCheck(board.tiles)
  const { conflicts } = board
  const count = refused.length + asked.length + conflicts.length
  if (count === 0) return null
  return (
    <section className={classes.decisions} aria-labelledby="decisions">
      <Title order={2} size="h3" id="decisions">
        {t('decide.title', { count })}
      </Title>
      <ul>
        {conflicts.map((conflict) => (
          <OneFace key={conflict.id} board={board} conflict={conflict} canChange={canChange} />
        ))}
        {asked.map((tile) => (
          <SpotChecked key={tile.studentId} sessionId={board.session.id} tile={tile} canChange={canChange} />
        ))}
        {refused.map((tile) => (
          <Refused key={tile.studentId} sessionId={board.session.id} tile={tile} onMark={canChange ? onMark : null} />
        ))}
      </ul>
    </section>
  )
}

function Line({ name, rollNo, why, children }: { name: string; rollNo: string; why: ReactNode; children: ReactNode }) {
  return (
    <li>
      <div className={classes.words}>
        <div className={classes.name}>
          {name} <span className={classes.rollNo}>{rollNo}</span>
        </div>
        <div className={classes.why}>{why}</div>
      </div>
      {children}
    </li>
  )
}

/** One tap lets through, and why the camera refused is kept as the reason. */
function Refused({ sessionId, tile, onMark }: { sessionId: string; tile: Tile; onMark: DecisionsProps['onMark'] }) {
  const { t } = useTranslation('live-board')
  const refusalText = useRefusalText()
  const marking = useMarking(sessionId)
  const why = (
    <>
      {refusalText(tile)}
      {tile.refusals !== null && (
        <>
          {' · '}
          <When at={tile.refusals.lastAt} />
        </>
      )}
    </>
  )
  return (
    <Line name={tile.fullName} rollNo={tile.rollNo} why={why}>
      {onMark !== null && (
        <div className={classes.buttons}>
          <Button
            variant="default"
            aria-label={t('decide.letThroughOf', { name: tile.fullName })}
            loading={marking.isPending}
            onClick={() =>
              marking.markQuickly(tile, plainly('present', t('decide.letThroughReason', { why: refusalText(tile) })))
            }
          >
            {t('decide.letThrough')}
          </Button>
          <Button
            variant="subtle"
            aria-label={t('decide.otherwiseOf', { name: tile.fullName })}
            onClick={() => onMark(tile)}
          >
            {t('decide.otherwise')}
          </Button>
        </div>
      )}
    </Line>
  )
}

function SpotChecked({ sessionId, tile, canChange }: { sessionId: string; tile: Tile; canChange: boolean }) {
  const { t } = useTranslation('live-board')
  const { time } = useTimeFormat()
  const notify = useNotify()
  const confirm = useSend(confirmSpotCheck, { changes: [getBoard] })
  const { spotCheck } = tile
  if (spotCheck === null) return null
  const why =
    spotCheck.state === 'asked'
      ? t('spot.waiting', { time: time(spotCheck.dueAt) })
      : t('spot.missed', { time: time(spotCheck.dueAt) })
  return (
    <Line name={tile.fullName} rollNo={tile.rollNo} why={why}>
      {canChange && (
        <Button
          variant="default"
          aria-label={t('spot.confirmOf', { name: tile.fullName })}
          loading={confirm.isPending}
          onClick={() => confirm.mutateAsync({ params: { sessionId, spotCheckId: spotCheck.id } }).catch(notify.failed)}
        >
          {t('spot.confirm')}
        </Button>
      )}
    </Line>
  )
}

function OneFace({ board, conflict, canChange }: { board: Board; conflict: FaceConflict; canChange: boolean }) {
  const { t, i18n } = useTranslation('live-board')
  const [isAsking, setIsAsking] = useState(false)
  const tiles = conflict.students.flatMap((id) => board.tiles.filter(({ studentId }) => studentId === id))
  const names = new Intl.ListFormat(i18n.language).format(tiles.map(({ fullName }) => fullName))
  return (
    <Line name={names} rollNo="" why={t('oneFace.why')}>
      {canChange && (
        <Button
          variant="default"
          aria-label={t('oneFace.decideOf', { names })}
          aria-haspopup="dialog"
          onClick={() => setIsAsking(true)}
        >
          {t('oneFace.decide')}
        </Button>
      )}
      {isAsking && (
        <ConflictDialog
          sessionId={board.session.id}
          conflictId={conflict.id}
          tiles={tiles}
          onClose={() => setIsAsking(false)}
        />
      )}
    </Line>
  )
}
