import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { RouterContext } from './guards.ts'
import { studying } from './trunk.tsx'

const words = ({ context }: { context: RouterContext }) => context.translations.loadNamespaces(['student', 'check-in'])

/** Few classes ask for it: it is fetched when one does. */
const PresenceScreen = lazy(async () => {
  const { PresenceScreen } = await import('../features/code-entry/presence-screen.tsx')
  return { default: PresenceScreen }
})

export const homeRoute = createRoute({
  getParentRoute: () => studying,
  path: '/home',
  loader: ({ context }) => context.translations.loadNamespaces('student'),
  component: lazyRouteComponent(() => import('../features/student-home/student-home-screen.tsx'), 'StudentHomeScreen'),
})

export const historyRoute = createRoute({
  getParentRoute: () => studying,
  path: '/history',
  loader: ({ context }) => context.translations.loadNamespaces('student'),
  component: lazyRouteComponent(() => import('../features/student-home/history-screen.tsx'), 'HistoryScreen'),
})

export const consentRoute = createRoute({
  getParentRoute: () => studying,
  path: '/consent',
  loader: words,
  component: lazyRouteComponent(() => import('../features/consent/consent-screen.tsx'), 'ConsentScreen'),
})

export const enrolRoute = createRoute({
  getParentRoute: () => studying,
  path: '/enrol',
  loader: words,
  component: lazyRouteComponent(() => import('../features/enrolment/enrolment-screen.tsx'), 'EnrolmentScreen'),
})

export const checkInRoute = createRoute({
  getParentRoute: () => studying,
  path: '/check-in/$sessionId',
  validateSearch: (search: Record<string, unknown>): { code?: string } =>
    typeof search.code === 'string' ? { code: search.code } : {},
  loader: words,
  component: lazyRouteComponent(async () => {
    const { CheckInScreen } = await import('../features/check-in/check-in-screen.tsx')
    return {
      default: function CheckInPage() {
        const { sessionId } = checkInRoute.useParams()
        const { code } = checkInRoute.useSearch()
        return (
          <Suspense>
            <CheckInScreen key={sessionId} sessionId={sessionId} code={code ?? null} AskPresence={PresenceScreen} />
          </Suspense>
        )
      },
    }
  }),
})

export const codeEntryRoute = createRoute({
  getParentRoute: () => studying,
  path: '/code/$sessionId',
  loader: words,
  component: lazyRouteComponent(async () => {
    const { CodeEntryScreen } = await import('../features/code-entry/code-entry-screen.tsx')
    return {
      default: function CodeEntryPage() {
        const { sessionId } = codeEntryRoute.useParams()
        return <CodeEntryScreen key={sessionId} sessionId={sessionId} />
      },
    }
  }),
})

/** The link inside the QR, opened by the phone's own camera app. */
export const codeLinkRoute = createRoute({
  getParentRoute: () => studying,
  path: '/c/$sessionId/$code',
  loader: words,
  component: lazyRouteComponent(async () => {
    const { CodeLinkScreen } = await import('../features/code-entry/code-link-screen.tsx')
    return {
      default: function CodeLinkPage() {
        const { sessionId, code } = codeLinkRoute.useParams()
        return <CodeLinkScreen key={`${sessionId}/${code}`} sessionId={sessionId} code={code} />
      },
    }
  }),
})
