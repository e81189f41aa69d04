import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiFailure, type FailureCode } from '../api/failure.ts'
import type { sentences as furtherErrors } from './i18n/en/further-errors.ts'

/** What a page knows without having loaded more. */
type Known = Exclude<FailureCode, keyof typeof furtherErrors>

/** The sentence for whatever was thrown: what happened, then what to do. */
export function useFailureText(): (error: unknown) => string {
  const { t, i18n } = useTranslation(['errors', 'shell'])
  return useCallback(
    (error) => {
      const code: FailureCode = error instanceof ApiFailure ? error.code : 'broken'
      // The further ones are not asked for here: a student's phone would load them.
      const further = `further-errors:${code}`
      const sentence = i18n.exists(further)
        ? i18n.t(further as 'further-errors:still-in-use')
        : t(`errors:${code as Known}`)
      const seconds = error instanceof ApiFailure ? error.retryAfterSeconds : null
      return seconds === null ? sentence : `${sentence} ${t('shell:retryIn', { count: seconds })}`
    },
    [t, i18n],
  )
}
