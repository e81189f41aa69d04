import { IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { StreamState } from '../../api/event-stream.ts'
import classes from './stream-notice.module.css'

/** Calm while all is well; one line when the page may be behind. It keeps its place, so nothing jumps. */
export function StreamNotice({ state, isOpen }: { state: StreamState; isOpen: boolean }) {
  const { t } = useTranslation('live-board')
  const isBehind = state === 'waiting' || state === 'refused'
  return (
    <p className={classes.notice} data-state={isOpen || isBehind ? state : 'ended'} role="status">
      {isBehind ? <IconPlugConnectedX aria-hidden size={18} /> : <span className={classes.dot} />}
      {isBehind ? t(`state.${state}`) : t(isOpen ? 'state.live' : 'state.ended')}
    </p>
  )
}
