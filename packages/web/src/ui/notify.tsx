import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { useFailureText } from './use-failure-text.ts'

/** Short messages that come and go. What needs an answer, or must not be missed, belongs in the page. */
export function useNotify() {
  const { t } = useTranslation()
  const failureText = useFailureText()
  return {
    done(message: string) {
      notifications.show({ message, withBorder: true, autoClose: 5000, closeButtonProps: { 'aria-label': t('close') } })
    },
    failed(error: unknown) {
      notifications.show({
        title: t('failed'),
        message: failureText(error),
        color: 'red',
        withBorder: true,
        autoClose: 10_000,
        closeButtonProps: { 'aria-label': t('close') },
      })
    },
  }
}
