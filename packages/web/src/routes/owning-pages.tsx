import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { guarding, owning } from './trunk.tsx'

export const installationRoute = createRoute({
  getParentRoute: () => owning,
  path: '/installation',
  loader: ({ context }) => context.translations.loadNamespaces('installation'),
  component: lazyRouteComponent(() => import('../features/installation/installation-screen.tsx'), 'InstallationScreen'),
})

export const guardianRoute = createRoute({
  getParentRoute: () => guarding,
  path: '/guardian',
  loader: ({ context }) => context.translations.loadNamespaces('guardian'),
  component: lazyRouteComponent(() => import('../features/guardian-home/guardian-screen.tsx'), 'GuardianScreen'),
})

export const guardianHistoryRoute = createRoute({
  getParentRoute: () => guarding,
  path: '/guardian/$studentId',
  loader: ({ context }) => context.translations.loadNamespaces('guardian'),
  component: lazyRouteComponent(async () => {
    const { GuardianHistoryScreen } = await import('../features/guardian-home/guardian-history-screen.tsx')
    return {
      default: function GuardianHistoryPage() {
        const { studentId } = guardianHistoryRoute.useParams()
        return <GuardianHistoryScreen key={studentId} studentId={studentId} />
      },
    }
  }),
})
