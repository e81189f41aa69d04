import { setUp } from '@app/contract'
import { Button, Checkbox, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/use-api.tsx'
import '../../ui/checkbox-styles.ts'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorNotice } from '../../ui/states.tsx'
import { useForm } from '../../ui/use-form.ts'
import { useLinkToken } from './link-token.ts'
import { PasswordField } from './password-field.tsx'

export function SetUpScreen() {
  const { t } = useTranslation('accounts')
  const token = useLinkToken()
  return (
    <Page title={t('setUp.title')} lead={t('setUp.lead')} width="narrow">
      {token === '' ? <EmptyState title={t('setUp.noToken')} /> : <SetUpForm token={token} />}
    </Page>
  )
}

function SetUpForm({ token }: { token: string }) {
  const { t } = useTranslation('accounts')
  const api = useApi()
  const navigate = useNavigate()
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  const form = useForm({
    initial: { institutionName: '', timeZone: here, fullName: '', email: '', password: '', alsoTeaches: true },
    schema: setUp.body.omit({ token: true }),
    failureAt: { 'password-too-common': 'password' },
    onSubmit: async (values) => {
      await api.enter(setUp, { body: { ...values, token } })
      await navigate({ to: '/', replace: true })
    },
  })
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <ErrorNotice error={form.failure} />
        <TextInput label={t('setUp.institutionName')} autoComplete="organization" {...form.text('institutionName')} />
        <NativeSelect
          label={t('setUp.timeZone')}
          description={t('setUp.timeZoneHint')}
          data={timeZones(here)}
          {...form.text('timeZone')}
        />
        <TextInput label={t('setUp.fullName')} autoComplete="name" {...form.text('fullName')} />
        <TextInput label={t('setUp.email')} type="email" autoComplete="email" {...form.text('email')} />
        <PasswordField
          label={t('password.choose')}
          description={t('password.hint')}
          autoComplete="new-password"
          {...form.text('password')}
        />
        <Checkbox label={t('setUp.alsoTeaches')} {...form.check('alsoTeaches')} />
        <Button type="submit" loading={form.isSending}>
          {t('setUp.action')}
        </Button>
      </Stack>
    </form>
  )
}

/** Every zone the browser knows; its own is there even under a name that the list lacks (`UTC`). */
function timeZones(here: string): string[] {
  const known = Intl.supportedValuesOf('timeZone')
  return known.includes(here) ? known : [here, ...known]
}
