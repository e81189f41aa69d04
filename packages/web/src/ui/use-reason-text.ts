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

type Reason = { because: string; action: ActionKey | null }
type ActionKey = Extract<FaceRefusal, { because: 'action-missing' }>['action']

/** The true reason of a refusal in words: for teachers and administrators only. The page loads the words `reasons`. */
export function useReasonText(): (reason: Reason) => string {
  const { t } = useTranslation('reasons')
  return ({ because, action }) =>
    t(`because.${isKnown(because) ? because : 'other'}`, { action: t(`actions.${action ?? 'other'}`) })
}

function isKnown(reason: string): reason is FaceRefusal['because'] {
  return Object.hasOwn(REASONS, reason)
}
