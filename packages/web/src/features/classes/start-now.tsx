import { type ClassSummary, startSession } from '@app/contract'
import { ActionIcon, Button } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconPlayerPlay } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { SHOW_SESSIONS } from '../../ui/use-session-steps.ts'
import { StartSessionDialog } from './start-session-dialog.tsx'
import styles from './today-screen.module.css'

/** Starts a class at once, as its policy says; beside it the way to choose first. */
export function StartNow({ summary }: { summary: Pick<ClassSummary, 'id' | 'name'> }) {
  const { t } = useTranslation(['sessions', 'classes'])
  const navigate = useNavigate()
  const notify = useNotify()
  const start = useSend(startSession, { changes: SHOW_SESSIONS })
  const [isChoosing, setIsChoosing] = useState(false)

  function startNow() {
    start
      .mutateAsync({ params: { classId: summary.id }, body: {} })
      .then(({ id }) => navigate({ to: '/sessions/$sessionId', params: { sessionId: id } }), notify.failed)
  }

  return (
    <div className={styles.actions}>
      <ActionIcon
        variant="default"
        size={44}
        aria-label={t('sessions:today.options', { class: summary.name })}
        onClick={() => setIsChoosing(true)}
      >
        <IconAdjustmentsHorizontal aria-hidden size={22} />
      </ActionIcon>
      <Button
        variant="default"
        aria-label={t('classes:list.startOf', { name: summary.name })}
        leftSection={<IconPlayerPlay aria-hidden size={20} />}
        loading={start.isPending}
        onClick={startNow}
      >
        {t('classes:list.start')}
      </Button>
      {isChoosing && <StartSessionDialog summary={summary} onClose={() => setIsChoosing(false)} />}
    </div>
  )
}
