import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { administration } from './trunk.tsx'

export const staffRoute = createRoute({
  getParentRoute: () => administration,
  path: '/staff',
  loader: ({ context }) => context.translations.loadNamespaces('admin'),
  component: lazyRouteComponent(() => import('../features/staff/staff-screen.tsx'), 'StaffScreen'),
})

export const policyRoute = createRoute({
  getParentRoute: () => administration,
  path: '/policy',
  loader: ({ context }) => context.translations.loadNamespaces(['policy', 'reasons']),
  component: lazyRouteComponent(() => import('../features/policy/policy-screen.tsx'), 'PolicyScreen'),
})

export const holdsRoute = createRoute({
  getParentRoute: () => administration,
  path: '/enrolment-holds',
  loader: ({ context }) => context.translations.loadNamespaces('admin'),
  component: lazyRouteComponent(
    () => import('../features/enrolment-holds/enrolment-holds-screen.tsx'),
    'EnrolmentHoldsScreen',
  ),
})
