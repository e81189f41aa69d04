import { getInstallation, type Role } from '@app/contract'
import { useQuery } from '@tanstack/react-query'
import { type ErrorComponentProps, Outlet, useRouter } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { readOptions, useApi, useMe, useSignIn } from '../api/use-api.tsx'
import { ButtonLink } from '../ui/button-link.tsx'
import { Frame } from '../ui/frame.tsx'
import { Page } from '../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../ui/states.tsx'

const SignInAgain = lazy(async () => {
  const { SignInAgainDialog } = await import('../features/accounts/sign-in-again-dialog.tsx')
  return { default: SignInAgainDialog }
})

export function FramedLayout({ children = <Outlet /> }: { children?: ReactNode }) {
  const signIn = useSignIn()
  const installation = useQuery({
    ...readOptions(useApi(), getInstallation),
    enabled: signIn.kind === 'signed-out',
    staleTime: Number.POSITIVE_INFINITY,
  })
  return <Frame isDemo={installation.data?.isDemo ?? false}>{children}</Frame>
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

/** A convenience: says at once what the server would. */
export function RoleGate({ roles, children }: { roles: readonly Role[]; children: ReactNode }) {
  const { t, i18n } = useTranslation()
  const me = useMe()
  if (me.roles.some((role) => roles.includes(role))) return children
  const names = new Intl.ListFormat(i18n.language, { type: 'disjunction' }).format(
    roles.map((role) => t(`roles.${role}`)),
  )
  return (
    <Page title={t('notForYou.title')} width="narrow">
      <EmptyState
        title={t('notForYou.text', { roles: names })}
        action={<ButtonLink to="/">{t('pageNotFound.action')}</ButtonLink>}
      />
    </Page>
  )
}

/** For addresses that lead nowhere: the frame comes with it. */
export function NowherePage() {
  return (
    <FramedLayout>
      <NotFoundPage />
    </FramedLayout>
  )
}

export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('pageNotFound.title')} width="narrow">
      <EmptyState title={t('pageNotFound.text')} action={<ButtonLink to="/">{t('pageNotFound.action')}</ButtonLink>} />
    </Page>
  )
}

export function FailedPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  const router = useRouter()

  /** From the guards on: what failed may have been the question who is signed in. */
  async function retry() {
    await router.invalidate()
    reset()
  }

  return (
    <Page title={t('failed')} width="narrow">
      <ErrorState error={error} onRetry={() => void retry()} />
    </Page>
  )
}
