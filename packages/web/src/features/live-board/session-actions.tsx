import type { SessionView } from '@app/contract'
import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CancelSessionDialog } from '../../ui/cancel-session-dialog.tsx'
import '../../ui/menu-styles.ts'
import { useSessionSteps } from '../../ui/use-session-steps.ts'

const EXTENSIONS = [5, 10, 15] as const
const REOPEN_MINUTES = 15

type SessionActionsProps = { session: SessionView; missing: number; canStart: boolean }

/** What can be done to a session as it stands. The one thing most wanted is a button, the rest a menu. */
export function SessionActions({ session, missing, canStart }: SessionActionsProps) {
  const { t } = useTranslation('sessions')
  const [isCancelling, setIsCancelling] = useState(false)
  const steps = useSessionSteps(session)
  const { state } = session
  const isRunning = state === 'open' || state === 'paused'
  return (
    <>
      {canStart && session.canStart && (
        <Button
          leftSection={<IconPlayerPlay aria-hidden size={20} />}
          loading={steps.isStarting}
          onClick={() => void steps.start()}
        >
          {t('steps.start')}
        </Button>
      )}
      {state === 'paused' && (
        <Button
          leftSection={<IconPlayerPlay aria-hidden size={20} />}
          loading={steps.isResuming}
          onClick={() => void steps.resume()}
        >
          {t('steps.resume')}
        </Button>
      )}
      {isRunning && (
        <Button variant="default" loading={steps.isEnding} onClick={() => void steps.end(missing)}>
          {t('steps.end')}
        </Button>
      )}
      {state === 'ended' && (
        <Button variant="default" onClick={() => void steps.reopen(REOPEN_MINUTES)}>
          {t('steps.reopen', { count: REOPEN_MINUTES })}
        </Button>
      )}
      {state === 'cancelled' && (
        <Button variant="default" onClick={() => void steps.restore()}>
          {t('steps.restore')}
        </Button>
      )}
      {state !== 'ended' && state !== 'cancelled' && (
        <Menu position="bottom-end" width={240} withinPortal={false} withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <ActionIcon variant="default" size={44} aria-label={t('steps.menu')}>
              <IconDots aria-hidden size={22} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {isRunning &&
              EXTENSIONS.map((count) => (
                <Menu.Item key={count} onClick={() => void steps.extend(count)}>
                  {t('steps.extend', { count })}
                </Menu.Item>
              ))}
            {state === 'open' && (
              <Menu.Item leftSection={<IconPlayerPause aria-hidden size={18} />} onClick={() => void steps.pause()}>
                {t('steps.pause')}
              </Menu.Item>
            )}
            <Menu.Item onClick={() => setIsCancelling(true)}>{t('steps.cancel')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {isCancelling && <CancelSessionDialog session={session} onClose={() => setIsCancelling(false)} />}
    </>
  )
}
