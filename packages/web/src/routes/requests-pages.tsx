import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { studying, teaching } from './trunk.tsx'

export const requestsRoute = createRoute({
  getParentRoute: () => teaching,
  path: '/requests',
  validateSearch: (search: Record<string, unknown>): { state?: 'answered' } =>
    search.state === 'answered' ? { state: 'answered' } : {},
  loader: ({ context }) => context.translations.loadNamespaces('requests'),
  component: lazyRouteComponent(async () => {
    const { RequestsScreen } = await import('../features/requests/requests-screen.tsx')
    return {
      default: function RequestsPage() {
        const navigate = requestsRoute.useNavigate()
        const { state } = requestsRoute.useSearch()
        return (
          <RequestsScreen
            state={state ?? 'open'}
            onState={(next) =>
              void navigate({ search: next === 'answered' ? { state: 'answered' } : {}, replace: true })
            }
          />
        )
      },
    }
  }),
})

export const myRequestsRoute = createRoute({
  getParentRoute: () => studying,
  path: '/my-requests',
  validateSearch: (search: Record<string, unknown>): { ask?: string } =>
    typeof search.ask === 'string' ? { ask: search.ask } : {},
  loader: ({ context }) => context.translations.loadNamespaces(['requests', 'further-errors']),
  component: lazyRouteComponent(async () => {
    const { MyRequestsScreen } = await import('../features/my-requests/my-requests-screen.tsx')
    return {
      default: function MyRequestsPage() {
        const navigate = myRequestsRoute.useNavigate()
        const { ask } = myRequestsRoute.useSearch()
        return <MyRequestsScreen asking={ask ?? null} onAsked={() => void navigate({ search: {}, replace: true })} />
      },
    }
  }),
})
