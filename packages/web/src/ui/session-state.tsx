import type { SessionState } from '@app/contract'
import {
  IconAlertCircle,
  IconCalendarEvent,
  IconCalendarOff,
  IconCheck,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './session-state.module.css'

const ICONS: Record<SessionState, typeof IconCheck> = {
  planned: IconCalendarEvent,
  open: IconPlayerPlayFilled,
  paused: IconPlayerPauseFilled,
  ended: IconCheck,
  cancelled: IconCalendarOff,
  missed: IconAlertCircle,
}

/** How a session stands: a shape and a word, and a colour where something is to be done. */
export function SessionStateLabel({ state }: { state: SessionState }) {
  const { t } = useTranslation('sessions')
  const Icon = ICONS[state]
  return (
    <span className={classes.state} data-state={state}>
      <Icon aria-hidden size={18} />
      {t(`state.${state}`)}
    </span>
  )
}
