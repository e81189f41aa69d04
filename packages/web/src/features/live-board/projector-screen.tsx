import { VisuallyHidden } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { isFailure } from '../../api/failure.ts'
import { useMe } from '../../api/use-api.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { countTiles } from './board-state.ts'
import classes from './projector-screen.module.css'
import { TimeRing } from './time-ring.tsx'
import { useBoard } from './use-board.ts'
import { useLeaveOnEscape } from './use-leave-on-escape.ts'
import { useRotatingCode } from './use-rotating-code.ts'
import { useWakeLock } from './use-wake-lock.ts'

/** What the whole room sees: how to check in, and how many have. No names, no controls, no cursor. */
export function ProjectorScreen({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation(['live-board', 'shell'])
  const me = useMe()
  const navigate = useNavigate()
  const { board } = useBoard(sessionId)
  const { code, partLeft, secondsLeft, error } = useRotatingCode(sessionId, true)
  useWakeLock()
  useLeaveOnEscape(
    useCallback(
      () => void navigate({ to: '/sessions/$sessionId', params: { sessionId }, replace: true }),
      [navigate, sessionId],
    ),
  )

  const counts = countTiles(board.data?.tiles ?? [])
  const marked = counts.present + counts.late + counts.excused
  return (
    <main className={classes.wall} data-mantine-color-scheme="light">
      <title>{t('shell:titleOf', { page: t('live-board:projector.title') })}</title>
      <VisuallyHidden component="h1">{t('live-board:projector.title')}</VisuallyHidden>
      {me.institution.isDemo && <p className={classes.demo}>{t('shell:demo')}</p>}
      {code === null ? (
        <p className={classes.message}>{t(`live-board:projector.${messageOf(error)}`)}</p>
      ) : (
        <>
          <div className={classes.qr}>
            <QrCode text={code.link} label={t('live-board:code.qr')} />
          </div>
          <div className={classes.side}>
            <p className={classes.scan}>{t('live-board:projector.scan')}</p>
            <p className={classes.code}>{code.code}</p>
            <div className={classes.ring}>
              <TimeRing part={partLeft} seconds={secondsLeft} />
            </div>
          </div>
        </>
      )}
      {board.isSuccess && (
        <p className={classes.count}>{t('live-board:projector.count', { marked, total: counts.total })}</p>
      )}
    </main>
  )
}

function messageOf(error: unknown): 'ended' | 'noCode' | 'wait' | 'paused' {
  if (isFailure(error, 'session-closed', 'session-cancelled')) return 'ended'
  if (isFailure(error, 'session-paused', 'session-not-started')) return 'paused'
  return isFailure(error, 'method-not-allowed-here', 'not-allowed') ? 'noCode' : 'wait'
}
