import { acceptInvite, lookUpInvite, type ResultOf } from '@app/contract'
import { Button, Stack, Text, VisuallyHidden } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ApiFailure } from '../../api/failure.ts'
import { useApi, useRead } from '../../api/use-api.tsx'
import { Page } from '../../ui/page.tsx'
import { ErrorNotice, ErrorState, Skeletons } from '../../ui/states.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import { useForm } from '../../ui/use-form.ts'
import { useLinkToken } from './link-token.ts'
import { PasswordField } from './password-field.tsx'
import { TypeInvite } from './type-invite.tsx'

export function InviteScreen() {
  const token = useLinkToken()
  return token === '' ? <TypeInvite /> : <Invite token={token} />
}

function Invite({ token }: { token: string }) {
  const { t } = useTranslation('accounts')
  const invite = useRead(lookUpInvite, { body: { token } })
  if (invite.isPending) {
    return (
      <Page title={t('invite.loading')} width="narrow">
        <Skeletons rows={3} />
      </Page>
    )
  }
  if (invite.isError) return <InvalidInvite error={invite.error} />
  return <AcceptInvite token={token} invite={invite.data} />
}

function InvalidInvite({ error }: { error: ApiFailure }) {
  const { t } = useTranslation('accounts')
  return (
    <Page title={t('invite.invalid')} width="narrow">
      <Stack align="center">
        <ErrorState error={error} />
        <TextLink to="/sign-in">{t('invite.toSignIn')}</TextLink>
      </Stack>
    </Page>
  )
}

function AcceptInvite({ token, invite }: { token: string; invite: ResultOf<typeof lookUpInvite> }) {
  const { t } = useTranslation('accounts')
  const api = useApi()
  const navigate = useNavigate()
  const { dayAndTime } = useTimeFormat()
  const form = useForm({
    initial: { password: '' },
    schema: acceptInvite.body.pick({ password: true }),
    failureAt: { 'password-too-common': 'password' },
    onSubmit: async ({ password }) => {
      await api.enter(acceptInvite, { body: { token, password } })
      await navigate({ to: '/', replace: true })
    },
  })
  return (
    <Page
      title={t('invite.title', { name: invite.fullName })}
      lead={t('invite.lead', { institution: invite.institutionName })}
      width="narrow"
    >
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <ErrorNotice error={form.failure} />
          <Text>{t('invite.signInName', { name: invite.signInName })}</Text>
          <VisuallyHidden aria-hidden>
            {/* Tells a password manager whose password this is. */}
            <input type="text" autoComplete="username" value={invite.signInName} readOnly tabIndex={-1} />
          </VisuallyHidden>
          <PasswordField
            label={t('password.choose')}
            description={t('password.hint')}
            autoComplete="new-password"
            {...form.text('password')}
          />
          <Button type="submit" loading={form.isSending}>
            {t('invite.action')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('invite.expires', { when: dayAndTime(invite.expiresAt) })}
          </Text>
        </Stack>
      </form>
    </Page>
  )
}
