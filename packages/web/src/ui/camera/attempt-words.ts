import { useTranslation } from 'react-i18next'
import { useFailureText } from '../use-failure-text.ts'
import type { Attempt, Refusal } from './attempt.ts'

export type Words = { title: string; text: string | undefined }

/** What a try has come to, in words; null while the camera itself speaks. */
export function useAttemptWords<Result>(attempt: Attempt<Result>, notConfirmed: Words): Words | null {
  const { t } = useTranslation('check-in')
  const failureText = useFailureText()
  switch (attempt.kind) {
    case 'intro':
    case 'opening':
    case 'running':
    case 'done':
      return null
    case 'sending':
      return { title: attempt.part < 1 ? t('sending') : t('checking'), text: undefined }
    case 'refused':
      return refusalWords(attempt.refusal)
    case 'interrupted':
      return { title: t('interrupted.title'), text: t('interrupted.text') }
    case 'colours-declined':
      return { title: t('colours.off.title'), text: t('colours.off.text') }
    case 'no-camera':
      return { title: t(`camera.${attempt.problem}.title`), text: t(`camera.${attempt.problem}.text`) }
    case 'failed':
      return failureWords(attempt)
  }

  function refusalWords(refusal: Refusal): Words {
    if (refusal.pausedUntil !== null) return { title: t('paused.title'), text: t('paused.text') }
    if (refusal.because === 'not-confirmed') return notConfirmed
    if (refusal.because !== 'action-missing')
      return { title: t(`refused.${refusal.because}.title`), text: t(`refused.${refusal.because}.text`) }
    if (refusal.action === null) return notConfirmed
    return { title: t(`refused.action.${refusal.action}.title`), text: t(`refused.action.${refusal.action}.text`) }
  }

  function failureWords({ failure, taken }: Attempt<Result> & { kind: 'failed' }): Words {
    const { code } = failure
    switch (code) {
      case 'offline': {
        const key = taken === null ? 'offlineEmpty' : 'offline'
        return { title: t(`problem.${key}.title`), text: t(`problem.${key}.text`) }
      }
      case 'face-paused':
        return { title: t('paused.title'), text: t('paused.text') }
      case 'too-many-attempts':
        return { title: t('paused.title'), text: t('paused.textAlone') }
      case 'vision-busy':
      case 'vision-down':
      case 'challenge-expired':
      case 'session-closed':
      case 'already-done':
      case 'not-enrolled':
      case 'consent-needed':
      case 'method-not-allowed-here':
        return { title: t(`problem.${code}.title`), text: t(`problem.${code}.text`) }
      default:
        return { title: t('problem.other'), text: failureText(failure) }
    }
  }
}
