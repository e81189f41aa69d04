import type { ClassSummary } from '@app/contract'
import { Button } from '@mantine/core'
import { IconChalkboard, IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../api/use-api.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { StartSessionDialog } from './start-session-dialog.tsx'

/** Starts a session of the class, or opens the board of the one that is open. */
export function SessionButton({ summary }: { summary: ClassSummary }) {
  const { t } = useTranslation('classes')
  const me = useMe()
  const [isStarting, setIsStarting] = useState(false)
  const isMine = summary.teachers.some(({ personId }) => personId === me.personId)

  if (summary.openSessionId !== null) {
    return (
      <ButtonLink
        to="/sessions/$sessionId"
        params={{ sessionId: summary.openSessionId }}
        aria-label={t('list.openBoardOf', { name: summary.name })}
        leftSection={<IconChalkboard aria-hidden size={20} />}
      >
        {t('list.openBoard')}
      </ButtonLink>
    )
  }
  if (!isMine) return null
  if (summary.studentCount === 0) {
    return (
      <ButtonLink to="/classes/$classId" params={{ classId: summary.id }} variant="default">
        {t('list.addStudents')}
      </ButtonLink>
    )
  }
  return (
    <>
      <Button
        aria-label={t('list.startOf', { name: summary.name })}
        leftSection={<IconPlayerPlay aria-hidden size={20} />}
        onClick={() => setIsStarting(true)}
      >
        {t('list.start')}
      </Button>
      {isStarting && <StartSessionDialog summary={summary} onClose={() => setIsStarting(false)} />}
    </>
  )
}
