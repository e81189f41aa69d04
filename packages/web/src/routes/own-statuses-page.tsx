import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { administration } from './trunk.tsx'

export const ownStatusesRoute = createRoute({
  getParentRoute: () => administration,
  path: '/statuses',
  loader: ({ context }) => context.translations.loadNamespaces('admin'),
  component: lazyRouteComponent(() => import('../features/own-statuses/own-statuses-screen.tsx'), 'OwnStatusesScreen'),
})
