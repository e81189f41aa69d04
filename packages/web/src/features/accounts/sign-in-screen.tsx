import { getInstallation, signIn } from '@app/contract'
import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ApiFailure, isFailure } from '../../api/failure.ts'
import { useApi, useRead } from '../../api/use-api.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorNotice } from '../../ui/states.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { useForm } from '../../ui/use-form.ts'
import { PasswordField } from './password-field.tsx'

/** Where to go afterwards is the router's matter: it looks again once somebody is signed in. */
export function SignInScreen() {
  const { t } = useTranslation('accounts')
  const api = useApi()
  const installation = useRead(getInstallation)
  const [choice, setChoice] = useState<ApiFailure | null>(null)
  const form = useForm({
    initial: { identifier: '', password: '' },
    schema: signIn.body,
    onSubmit: (values) =>
      api.enter(signIn, { body: values }).catch((failure: unknown) => {
        if (!isFailure(failure, 'choose-institution')) throw failure
        setChoice(failure)
      }),
  })

  if (installation.data?.needsSetUp === true) {
    return (
      <Page title={t('needsSetUp.title')} width="narrow">
        <EmptyState title={t('needsSetUp.text')} />
      </Page>
    )
  }
  if (choice !== null) {
    return <ChooseInstitution choice={choice} values={form.values} onBack={() => setChoice(null)} />
  }
  return (
    <Page title={t('signIn.title')} width="narrow">
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <ErrorNotice error={form.failure} />
          <TextInput
            label={t('signIn.identifier')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            {...form.text('identifier')}
          />
          <PasswordField label={t('signIn.password')} autoComplete="current-password" {...form.text('password')} />
          <Button type="submit" loading={form.isSending} fullWidth>
            {t('signIn.action')}
          </Button>
          <Text c="dimmed">{t('signIn.noPassword')}</Text>
          <TextLink to="/invite">{t('signIn.paper')}</TextLink>
          {installation.data !== undefined && installation.data.signUpInstitutions.length > 0 && (
            <TextLink to="/sign-up">{t('signIn.signUp')}</TextLink>
          )}
        </Stack>
      </form>
    </Page>
  )
}

type ChoiceProps = { choice: ApiFailure; values: { identifier: string; password: string }; onBack: () => void }

function ChooseInstitution({ choice, values, onBack }: ChoiceProps) {
  const { t } = useTranslation('accounts')
  const api = useApi()
  const [failure, setFailure] = useState<unknown>(null)
  return (
    <Page title={t('signIn.chooseTitle')} lead={t('signIn.chooseText')} width="narrow">
      <Stack gap="sm">
        <ErrorNotice error={failure} />
        {choice.institutions.map(({ id, name }) => (
          <Button
            key={id}
            variant="default"
            fullWidth
            onClick={() => void api.enter(signIn, { body: { ...values, institutionId: id } }).catch(setFailure)}
          >
            {name}
          </Button>
        ))}
        <Button variant="subtle" color="gray" onClick={onBack}>
          {t('signIn.chooseBack')}
        </Button>
      </Stack>
    </Page>
  )
}
