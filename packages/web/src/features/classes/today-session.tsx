import type { SessionView } from '@app/contract'
import { Button } from '@mantine/core'
import { IconChalkboard, IconPlayerPlay } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../api/use-api.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { SessionStateLabel } from '../../ui/session-state.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import { useSessionSteps } from '../../ui/use-session-steps.ts'
import { SessionMenu } from './session-menu.tsx'
import styles from './today-screen.module.css'

/** One session of today: what it is, when and where, and the one thing to do about it. */
export function TodaySession({ session, isFirst }: { session: SessionView; isFirst: boolean }) {
  const { t } = useTranslation('sessions')
  const { time } = useTimeFormat()
  const isAdmin = useMe().roles.includes('admin')
  const { id, className, subjectName, state, opensAt, endedAt, closesAt, room, cancelled } = session
  const span = t('span', { start: time(opensAt), end: time(endedAt ?? closesAt) })
  const isRunning = state === 'open' || state === 'paused'
  return (
    <li className={styles.row} data-state={state}>
      <div className={styles.words}>
        <Link to="/sessions/$sessionId" params={{ sessionId: id }} className={styles.name}>
          {className}
        </Link>
        <span className={styles.aside}>{subjectName}</span>
        <span className={styles.facts}>
          <SessionStateLabel state={state} />
          <span>{room === null ? span : t('place', { span, room })}</span>
          {cancelled !== null && cancelled.because !== '' && <span>{cancelled.because}</span>}
        </span>
      </div>
      <div className={styles.actions}>
        {isRunning && (
          <ButtonLink
            to="/sessions/$sessionId"
            params={{ sessionId: id }}
            leftSection={<IconChalkboard aria-hidden size={20} />}
          >
            {t('steps.board')}
          </ButtonLink>
        )}
        {session.canStart && <StartPlanned session={session} isFirst={isFirst} />}
        <SessionMenu session={session} isAdmin={isAdmin} />
      </div>
    </li>
  )
}

/** Its time, room and rules are known: one tap starts it. */
function StartPlanned({ session, isFirst }: { session: SessionView; isFirst: boolean }) {
  const { t } = useTranslation('sessions')
  const { time } = useTimeFormat()
  const navigate = useNavigate()
  const steps = useSessionSteps(session)
  return (
    <Button
      size={isFirst ? 'lg' : 'sm'}
      variant={isFirst ? 'filled' : 'default'}
      leftSection={<IconPlayerPlay aria-hidden size={20} />}
      aria-label={t('steps.startOf', { class: session.className, time: time(session.opensAt) })}
      loading={steps.isStarting}
      onClick={() =>
        void steps.start().then((started) => {
          if (started !== null) void navigate({ to: '/sessions/$sessionId', params: { sessionId: started.id } })
        })
      }
    >
      {t('steps.start')}
    </Button>
  )
}
