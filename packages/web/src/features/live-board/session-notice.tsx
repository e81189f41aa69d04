import type { SessionView } from '@app/contract'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../ui/states.tsx'
import { useTimeFormat } from '../../ui/time.tsx'

/** Why no marks come in, where a teacher might wonder. */
export function SessionNotice({ session }: { session: SessionView }) {
  const { t } = useTranslation('sessions')
  const { time, dayAndTime } = useTimeFormat()
  const { state, pausedAt, cancelled, opensAt } = session
  if (state === 'paused' && pausedAt !== null) return <Notice>{t('notice.paused', { time: time(pausedAt) })}</Notice>
  if (state === 'cancelled') {
    const reason = cancelled?.because ?? ''
    return <Notice>{reason === '' ? t('notice.cancelledPlain') : t('notice.cancelled', { reason })}</Notice>
  }
  if (state === 'planned') return <Notice>{t('notice.planned', { time: dayAndTime(opensAt) })}</Notice>
  return state === 'missed' ? <Notice>{t('notice.missed')}</Notice> : null
}
