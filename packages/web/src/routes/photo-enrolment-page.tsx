import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { administration } from './trunk.tsx'

export const photoEnrolmentRoute = createRoute({
  getParentRoute: () => administration,
  path: '/photo-enrolment',
  validateSearch: (search: Record<string, unknown>): { batch?: string } =>
    typeof search.batch === 'string' ? { batch: search.batch } : {},
  loader: ({ context }) => context.translations.loadNamespaces(['photos', 'reasons']),
  component: lazyRouteComponent(async () => {
    const { PhotoEnrolmentScreen } = await import('../features/photo-enrolment/photo-enrolment-screen.tsx')
    return {
      default: function PhotoEnrolmentPage() {
        const navigate = photoEnrolmentRoute.useNavigate()
        const { batch } = photoEnrolmentRoute.useSearch()
        return (
          <PhotoEnrolmentScreen
            batchId={batch ?? null}
            onBatch={(next) => void navigate({ search: next === null ? {} : { batch: next } })}
          />
        )
      },
    }
  }),
})
