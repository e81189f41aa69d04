import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiFailure, type FailureCode } from '../api/failure.ts'

/** The sentence for whatever was thrown: what happened, then what to do. */
export function useFailureText(): (error: unknown) => string {
  const { t } = useTranslation(['errors', 'shell'])
  return useCallback(
    (error) => {
      const code: FailureCode = error instanceof ApiFailure ? error.code : 'broken'
      const sentence = t(`errors:${code}`)
      const seconds = error instanceof ApiFailure ? error.retryAfterSeconds : null
      return seconds === null ? sentence : `${sentence} ${t('shell:retryIn', { count: seconds })}`
    },
    [t],
  )
}
