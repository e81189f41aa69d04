import { type Me, signIn } from '@app/contract'
import { Button, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/use-api.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useForm } from '../../ui/use-form.ts'
import { PasswordField } from './password-field.tsx'

/** Over the page that was open, so that nothing typed there is lost. */
export function SignInAgainDialog({ me }: { me: Me }) {
  const { t } = useTranslation('accounts')
  const api = useApi()
  const identifier = me.email ?? me.rollNo ?? ''
  const form = useForm({
    initial: { identifier, password: '' },
    schema: signIn.body,
    onSubmit: (values) => api.enter(signIn, { body: { ...values, institutionId: me.institution.id } }),
  })
  return (
    <Dialog title={t('signIn.again')}>
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <Text>{t('signIn.againText', { name: me.fullName })}</Text>
          <ErrorNotice error={form.failure} />
          <input type="hidden" name="identifier" autoComplete="username" value={identifier} />
          <PasswordField
            label={t('signIn.password')}
            autoComplete="current-password"
            data-autofocus
            {...form.text('password')}
          />
          <Button type="submit" loading={form.isSending}>
            {t('signIn.action')}
          </Button>
          <Button variant="subtle" color="gray" onClick={() => void api.leave().catch(() => api.signIn.signedOut())}>
            {t('signIn.otherAccount')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  )
}
