import { getInstallation } from '@app/contract'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ErrorComponentProps, Link, Outlet } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { readOptions, useApi, useSignIn } from '../api/use-api.tsx'
import { Frame } from '../ui/frame.tsx'
import { Page } from '../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../ui/states.tsx'
import { WrongRole } from './guards.ts'

const SignInAgain = lazy(async () => {
  const { SignInAgainDialog } = await import('../features/accounts/sign-in-again-dialog.tsx')
  return { default: SignInAgainDialog }
})

export function FramedLayout() {
  const signIn = useSignIn()
  const installation = useQuery({
    ...readOptions(useApi(), getInstallation),
    enabled: signIn.kind === 'signed-out',
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Frame isDemo={installation.data?.isDemo ?? false}>
      <Outlet />
    </Frame>
  )
}

/** Pages of somebody: when the sign-in ends meanwhile, the page stays and a dialog asks for the password. */
export function PersonalLayout() {
  const signIn = useSignIn()
  if (signIn.kind === 'signed-out' || signIn.kind === 'unknown') return null
  return (
    <>
      <Outlet />
      {signIn.kind === 'ended' && (
        <Suspense>
          <SignInAgain me={signIn.me} />
        </Suspense>
      )}
    </>
  )
}

export function PendingPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('loading')}>
      <Skeletons />
    </Page>
  )
}

export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('pageNotFound.title')} width="narrow">
      <EmptyState
        title={t('pageNotFound.text')}
        action={
          <Button component={Link} to="/">
            {t('pageNotFound.action')}
          </Button>
        }
      />
    </Page>
  )
}

export function FailedPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  if (error instanceof WrongRole) {
    const roles = new Intl.ListFormat(undefined, { type: 'disjunction' }).format(
      error.roles.map((role) => t(`roles.${role}`)),
    )
    return (
      <Page title={t('notForYou.title')} width="narrow">
        <EmptyState
          title={t('notForYou.text', { roles })}
          action={
            <Button component={Link} to="/">
              {t('pageNotFound.action')}
            </Button>
          }
        />
      </Page>
    )
  }
  return (
    <Page title={t('failed')} width="narrow">
      <ErrorState error={error} onRetry={reset} />
    </Page>
  )
}
