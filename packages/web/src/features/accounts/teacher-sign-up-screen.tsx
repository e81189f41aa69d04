import { getInstallation, requestTeacherAccount } from '@app/contract'
import { Button, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi, useRead } from '../../api/use-api.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorNotice, ErrorState, Skeletons } from '../../ui/states.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { useForm } from '../../ui/use-form.ts'
import { PasswordField } from './password-field.tsx'

type Institution = { id: string; name: string }

export function TeacherSignUpScreen() {
  const { t } = useTranslation('accounts')
  const installation = useRead(getInstallation)
  const [isDone, setIsDone] = useState(false)
  if (isDone) {
    return (
      <Page title={t('signUp.done')} width="narrow">
        <EmptyState title={t('signUp.doneText')} action={<ToSignIn />} />
      </Page>
    )
  }
  return (
    <Page title={t('signUp.title')} lead={t('signUp.lead')} width="narrow">
      {installation.isPending && <Skeletons rows={4} />}
      {installation.isError && <ErrorState error={installation.error} onRetry={() => void installation.refetch()} />}
      {installation.isSuccess && (
        <SignUp institutions={installation.data.signUpInstitutions} onDone={() => setIsDone(true)} />
      )}
    </Page>
  )
}

function SignUp({ institutions, onDone }: { institutions: readonly Institution[]; onDone: () => void }) {
  const { t } = useTranslation('accounts')
  const api = useApi()
  const form = useForm({
    initial: { institutionId: institutions[0]?.id ?? '', fullName: '', email: '', password: '' },
    schema: requestTeacherAccount.body,
    failureAt: { 'password-too-common': 'password' },
    onSubmit: async (values) => {
      await api.call(requestTeacherAccount, { body: values })
      onDone()
    },
  })
  if (institutions.length === 0) {
    return <EmptyState title={t('signUp.closed')} text={t('signUp.closedText')} action={<ToSignIn />} />
  }
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <ErrorNotice error={form.failure} />
        <NativeSelect
          label={t('signUp.institution')}
          data={institutions.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.text('institutionId')}
        />
        <TextInput label={t('signUp.fullName')} autoComplete="name" {...form.text('fullName')} />
        <TextInput label={t('signUp.email')} type="email" autoComplete="email" {...form.text('email')} />
        <PasswordField
          label={t('password.choose')}
          description={t('password.hint')}
          autoComplete="new-password"
          {...form.text('password')}
        />
        <Button type="submit" loading={form.isSending}>
          {t('signUp.action')}
        </Button>
        <ToSignIn />
      </Stack>
    </form>
  )
}

function ToSignIn() {
  const { t } = useTranslation('accounts')
  return <TextLink to="/sign-in">{t('invite.toSignIn')}</TextLink>
}
