import type { SessionView } from '@app/contract'
import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CancelSessionDialog } from '../../ui/cancel-session-dialog.tsx'
import { ChangePlanDialog } from '../../ui/change-plan-dialog.tsx'
import '../../ui/menu-styles.ts'
import { useSessionSteps } from '../../ui/use-session-steps.ts'

const EXTENSIONS = [5, 10, 15] as const
const REOPEN_MINUTES = 15

type SessionActionsProps = { session: SessionView; missing: number; canStart: boolean }

/** What can be done to a session as it stands. The one thing most wanted is a button, the rest a menu. */
export function SessionActions({ session, missing, canStart }: SessionActionsProps) {
  const { t } = useTranslation('sessions')
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
      {state !== 'ended' && state !== 'cancelled' && <MoreSteps session={session} />}
    </>
  )
}

function MoreSteps({ session }: { session: SessionView }) {
  const { t } = useTranslation('sessions')
  const [asking, setAsking] = useState<'cancel' | 'move' | null>(null)
  const steps = useSessionSteps(session)
  const { state } = session
  return (
    <>
      <Menu position="bottom-end" width={240} withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon variant="default" size={44} aria-label={t('steps.menu')}>
            <IconDots aria-hidden size={22} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {(state === 'open' || state === 'paused') &&
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
          {state === 'planned' && <Menu.Item onClick={() => setAsking('move')}>{t('steps.move')}</Menu.Item>}
          <Menu.Item onClick={() => setAsking('cancel')}>{t('steps.cancel')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking === 'cancel' && <CancelSessionDialog session={session} onClose={() => setAsking(null)} />}
      {asking === 'move' && <ChangePlanDialog session={session} onClose={() => setAsking(null)} />}
    </>
  )
}
