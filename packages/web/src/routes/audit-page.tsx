import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readChoice } from '../features/audit/audit-choice.ts'
import { administration, framed } from './trunk.tsx'

export const auditRoute = createRoute({
  getParentRoute: () => administration,
  path: '/audit',
  validateSearch: readChoice,
  loader: ({ context }) => context.translations.loadNamespaces('audit'),
  component: lazyRouteComponent(async () => {
    const { AuditScreen } = await import('../features/audit/audit-screen.tsx')
    return {
      default: function AuditPage() {
        const navigate = auditRoute.useNavigate()
        const choice = auditRoute.useSearch()
        return <AuditScreen choice={choice} onChoice={(next) => void navigate({ search: next })} />
      },
    }
  }),
})

/** Open to anybody: who holds a receipt need not be anybody here. */
export const checkReceiptRoute = createRoute({
  getParentRoute: () => framed,
  path: '/check-receipt',
  loader: ({ context }) => context.translations.loadNamespaces('audit'),
  component: lazyRouteComponent(() => import('../features/receipt/check-receipt-screen.tsx'), 'CheckReceiptScreen'),
})
