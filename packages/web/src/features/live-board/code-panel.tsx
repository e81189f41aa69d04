import type { SessionView } from '@app/contract'
import { Button, Title } from '@mantine/core'
import { IconMaximize } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { isFailure } from '../../api/failure.ts'
import { QrCode } from '../../ui/qr-code.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import classes from './code-panel.module.css'
import { TimeRing } from './time-ring.tsx'
import { useRotatingCode } from './use-rotating-code.ts'

/** The code beside the board, for a look and for a small room; the projector's page is one button away. */
export function CodePanel({ session }: { session: SessionView }) {
  const { t } = useTranslation('live-board')
  const navigate = useNavigate()
  const { code, partLeft, secondsLeft, error } = useRotatingCode(session.id, true)
  // Whoever does not teach this class sees the board without its code.
  if (
    isFailure(
      error,
      'not-allowed',
      'not-found',
      'session-closed',
      'session-cancelled',
      'session-paused',
      'method-not-allowed-here',
    )
  )
    return null

  async function project() {
    // Not every browser has it, and a teacher may have said no: the page is good without.
    await document.documentElement.requestFullscreen?.().catch(() => {})
    await navigate({ to: '/sessions/$sessionId/projector', params: { sessionId: session.id } })
  }

  return (
    <section className={classes.panel} aria-labelledby="code-title">
      <Title order={2} size="h3" id="code-title">
        {t('code.title')}
      </Title>
      <div className={classes.qr}>{code !== null && <QrCode text={code.link} label={t('code.qr')} />}</div>
      <div className={classes.line}>
        <span className={classes.code}>{code?.code ?? '······'}</span>
        <span className={classes.ring}>
          <TimeRing part={partLeft} seconds={secondsLeft} />
        </span>
      </div>
      {code === null && <ErrorNotice error={error} />}
      <Button fullWidth leftSection={<IconMaximize aria-hidden size={20} />} onClick={() => void project()}>
        {t('code.project')}
      </Button>
      <TextLink
        to="/sessions/$sessionId/projector"
        params={{ sessionId: session.id }}
        target="_blank"
        className={classes.window}
      >
        {t('code.newWindow')}
      </TextLink>
    </section>
  )
}
