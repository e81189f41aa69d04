import type { PhotoItem } from '@app/contract'
import { useTranslation } from 'react-i18next'
import { useReasonText } from '../../ui/use-reason-text.ts'

type Outcome = Pick<PhotoItem, 'outcome' | 'looksLike'>

/** What became of a photo, in words; reasons about the picture are the ones that a camera gives. */
export function useOutcomeText(): (item: Outcome) => string {
  const { t } = useTranslation('photos')
  const reasonText = useReasonText()
  return ({ outcome, looksLike }) => {
    switch (outcome) {
      case 'ready':
      case 'taken':
      case 'unreadable':
      case 'no-student':
      case 'no-consent':
      case 'enrolled-already':
      case 'enrolment-held':
      case 'twice':
        return t(`outcome.${outcome}`)
      case 'looks-like':
        return looksLike === null ? t('outcome.looks-like') : t('outcome.looks-like-of', { name: looksLike })
      default:
        return reasonText({ because: outcome, action: null })
    }
  }
}
