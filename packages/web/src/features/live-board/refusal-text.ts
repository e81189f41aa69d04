import type { Tile } from '@app/contract'
import { useTranslation } from 'react-i18next'
import { useReasonText } from '../../ui/use-reason-text.ts'

/** How often this student was refused, and the true reason of the last time: for the teacher's eyes only. */
export function useRefusalText(): (tile: Tile) => string {
  const { t } = useTranslation('live-board')
  const reasonText = useReasonText()
  return ({ refusals }) => {
    if (refusals === null) return ''
    const why = reasonText({ because: refusals.lastBecause, action: refusals.lastAction })
    return `${t('decide.tries', { count: refusals.count })}, ${t('decide.last', { why })}`
  }
}
