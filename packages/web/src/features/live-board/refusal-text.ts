import type { Tile } from '@app/contract'
import type { FaceRefusal } from '@app/domain'
import { useTranslation } from 'react-i18next'

const REASONS: Record<FaceRefusal['because'], true> = {
  'no-face': true,
  'several-faces': true,
  'face-changed': true,
  'too-dark': true,
  'too-bright': true,
  blurred: true,
  'too-far': true,
  'too-near': true,
  'turned-away': true,
  covered: true,
  'action-missing': true,
  'spoof-suspected': true,
  'injection-suspected': true,
  'not-recognised': true,
}

/** The true reason of the last refusal: for the teacher's eyes only. */
export function useRefusalText(): (tile: Tile) => string {
  const { t } = useTranslation('live-board')
  return ({ refusals }) => {
    if (refusals === null) return ''
    const because = isKnown(refusals.lastBecause) ? refusals.lastBecause : 'other'
    const action = t(`decide.actions.${refusals.lastAction ?? 'other'}`)
    const why = t(`decide.because.${because}`, { action })
    return `${t('decide.tries', { count: refusals.count })}, ${t('decide.last', { why })}`
  }
}

function isKnown(reason: string): reason is FaceRefusal['because'] {
  return Object.hasOwn(REASONS, reason)
}
