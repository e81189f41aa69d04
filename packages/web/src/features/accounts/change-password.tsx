import { changePassword, listLogins } from '@app/contract'
import { Button, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe, useSend } from '../../api/use-api.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useForm } from '../../ui/use-form.ts'
import { PasswordField } from './password-field.tsx'

export function ChangePassword() {
  const { t } = useTranslation('accounts')
  const [isOpen, setIsOpen] = useState(false)
  if (isOpen) return <ChangePasswordForm onClose={() => setIsOpen(false)} />
  return (
    <Button variant="default" onClick={() => setIsOpen(true)}>
      {t('changePassword.open')}
    </Button>
  )
}

function ChangePasswordForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['accounts', 'shell'])
  const me = useMe()
  const notify = useNotify()
  const send = useSend(changePassword, { changes: [listLogins] })
  const form = useForm({
    initial: { currentPassword: '', newPassword: '' },
    schema: changePassword.body,
    failureAt: { 'wrong-current-password': 'currentPassword', 'password-too-common': 'newPassword' },
    onSubmit: async (values) => {
      await send.mutateAsync({ body: values })
      notify.done(t('accounts:changePassword.done'))
      onClose()
    },
  })
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <ErrorNotice error={form.failure} />
        <input type="hidden" autoComplete="username" value={me.email ?? me.rollNo ?? ''} />
        <PasswordField
          label={t('accounts:changePassword.current')}
          autoComplete="current-password"
          autoFocus
          {...form.text('currentPassword')}
        />
        <PasswordField
          label={t('accounts:password.new')}
          description={t('accounts:password.hint')}
          autoComplete="new-password"
          {...form.text('newPassword')}
        />
        <Button type="submit" loading={form.isSending}>
          {t('accounts:changePassword.action')}
        </Button>
        <Button variant="subtle" color="gray" onClick={onClose}>
          {t('shell:cancel')}
        </Button>
      </Stack>
    </form>
  )
}
