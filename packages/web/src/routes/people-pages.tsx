import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readChoice } from '../features/people/choice.ts'
import { administration } from './trunk.tsx'

export const overviewRoute = createRoute({
  getParentRoute: () => administration,
  path: '/overview',
  loader: ({ context }) => context.translations.loadNamespaces('overview'),
  component: lazyRouteComponent(() => import('../features/overview/overview-screen.tsx'), 'OverviewScreen'),
})

export const lackingClassesRoute = createRoute({
  getParentRoute: () => administration,
  path: '/overview/classes',
  validateSearch: (search: Record<string, unknown>): { lacks: 'teacher' | 'students' } => ({
    lacks: search.lacks === 'students' ? 'students' : 'teacher',
  }),
  loader: ({ context }) => context.translations.loadNamespaces('overview'),
  component: lazyRouteComponent(async () => {
    const { LackingClassesScreen } = await import('../features/overview/lacking-classes-screen.tsx')
    return {
      default: function LackingClassesPage() {
        const { lacks } = lackingClassesRoute.useSearch()
        return <LackingClassesScreen lacks={lacks} />
      },
    }
  }),
})

export const missedSessionsRoute = createRoute({
  getParentRoute: () => administration,
  path: '/overview/missed-sessions',
  loader: ({ context }) => context.translations.loadNamespaces('overview'),
  component: lazyRouteComponent(
    () => import('../features/overview/missed-sessions-screen.tsx'),
    'MissedSessionsScreen',
  ),
})

export const lowAttendanceRoute = createRoute({
  getParentRoute: () => administration,
  path: '/overview/low-attendance',
  loader: ({ context }) => context.translations.loadNamespaces('overview'),
  component: lazyRouteComponent(() => import('../features/overview/low-attendance-screen.tsx'), 'LowAttendanceScreen'),
})

export const peopleRoute = createRoute({
  getParentRoute: () => administration,
  path: '/people',
  validateSearch: readChoice,
  loader: ({ context }) => context.translations.loadNamespaces('people'),
  component: lazyRouteComponent(async () => {
    const { PeopleScreen } = await import('../features/people/people-screen.tsx')
    return {
      default: function PeoplePage() {
        const navigate = peopleRoute.useNavigate()
        const choice = peopleRoute.useSearch()
        return <PeopleScreen choice={choice} onChoice={(next) => void navigate({ search: next, replace: true })} />
      },
    }
  }),
})

export const personRoute = createRoute({
  getParentRoute: () => administration,
  path: '/people/$personId',
  loader: ({ context }) => context.translations.loadNamespaces(['people', 'moving']),
  component: lazyRouteComponent(async () => {
    const { PersonScreen } = await import('../features/people/person-screen.tsx')
    return {
      default: function PersonPage() {
        const { personId } = personRoute.useParams()
        return <PersonScreen key={personId} personId={personId} />
      },
    }
  }),
})
