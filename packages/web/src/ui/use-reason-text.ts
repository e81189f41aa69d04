import { type ActionName, RefusalReason } from '@app/contract'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'

type Reason = { because: string; action: z.infer<typeof ActionName> | null }

/** The true reason of a refusal in words: for teachers and administrators only. The page loads the words `reasons`. */
export function useReasonText(): (reason: Reason) => string {
  const { t } = useTranslation('reasons')
  return ({ because, action }) =>
    t(`because.${isKnown(because) ? because : 'other'}`, { action: t(`actions.${action ?? 'other'}`) })
}

function isKnown(reason: string): reason is RefusalReason {
  return RefusalReason.safeParse(reason).success
}
