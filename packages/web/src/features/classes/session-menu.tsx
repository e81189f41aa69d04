import type { SessionView } from '@app/contract'
import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CancelSessionDialog } from '../../ui/cancel-session-dialog.tsx'
import '../../ui/menu-styles.ts'
import { ChangePlanDialog } from '../../ui/change-plan-dialog.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import { useSessionSteps } from '../../ui/use-session-steps.ts'

/** What can be done to a session from a list. */
export function SessionMenu({ session, isAdmin }: { session: SessionView; isAdmin: boolean }) {
  const { t } = useTranslation('sessions')
  const { dayAndTime } = useTimeFormat()
  const navigate = useNavigate()
  const steps = useSessionSteps(session)
  const [asking, setAsking] = useState<'cancel' | 'move' | null>(null)
  const { state } = session
  const canCancel = state === 'planned' || state === 'open' || state === 'paused' || (state === 'missed' && isAdmin)
  return (
    <>
      <Menu position="bottom-end" width={240} withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon
            color="gray"
            aria-label={t('steps.menuOf', { class: session.className, time: dayAndTime(session.opensAt) })}
          >
            <IconDots aria-hidden size={22} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void navigate({ to: '/sessions/$sessionId', params: { sessionId: session.id } })}>
            {t('steps.board')}
          </Menu.Item>
          {state === 'planned' && <Menu.Item onClick={() => setAsking('move')}>{t('steps.move')}</Menu.Item>}
          {canCancel && <Menu.Item onClick={() => setAsking('cancel')}>{t('steps.cancel')}</Menu.Item>}
          {state === 'cancelled' && <Menu.Item onClick={() => void steps.restore()}>{t('steps.restore')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {asking === 'cancel' && <CancelSessionDialog session={session} onClose={() => setAsking(null)} />}
      {asking === 'move' && <ChangePlanDialog session={session} onClose={() => setAsking(null)} />}
    </>
  )
}
