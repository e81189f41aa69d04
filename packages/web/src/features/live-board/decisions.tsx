import type { Tile } from '@app/contract'
import { Button, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { When } from '../../ui/time.tsx'
import classes from './decisions.module.css'
import { useRefusalText } from './refusal-text.ts'

type DecisionsProps = { tiles: readonly Tile[]; onMark: ((tile: Tile) => void) | null }

/** Above everything else: those whom the camera refused. The teacher sees why, and can let them through. */
export function Decisions({ tiles, onMark }: DecisionsProps) {
  const { t } = useTranslation('live-board')
  const refusalText = useRefusalText()
  if (tiles.length === 0) return null
  return (
    <section className={classes.decisions} aria-labelledby="decisions">
      <Title order={2} size="h3" id="decisions">
        {t('decide.title', { count: tiles.length })}
      </Title>
      <ul>
        {tiles.map((tile) => (
          <li key={tile.studentId}>
            <div className={classes.words}>
              <div className={classes.name}>
                {tile.fullName} <span className={classes.rollNo}>{tile.rollNo}</span>
              </div>
              <div className={classes.why}>
                {refusalText(tile)}
                {tile.refusals !== null && (
                  <>
                    {' · '}
                    <When at={tile.refusals.lastAt} />
                  </>
                )}
              </div>
            </div>
            {onMark !== null && (
              <Button
                variant="default"
                aria-label={t('decide.markPresentOf', { name: tile.fullName })}
                onClick={() => onMark(tile)}
              >
                {t('decide.markPresent')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
