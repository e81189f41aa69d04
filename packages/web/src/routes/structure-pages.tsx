import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { administration } from './trunk.tsx'

/** What stands in an address is anybody's: only texts and the one word are read from it. */
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const archived = (value: unknown) => (value === 'shown' ? { archived: 'shown' as const } : {})
const shown = (isShown: boolean) => (isShown ? { archived: 'shown' as const } : {})

type Archived = { archived?: 'shown' }

export const structureRoute = createRoute({
  getParentRoute: () => administration,
  path: '/structure',
  beforeLoad: () => {
    throw redirect({ to: '/structure/terms', replace: true })
  },
})

export const termsRoute = createRoute({
  getParentRoute: () => administration,
  path: '/structure/terms',
  validateSearch: (search: Record<string, unknown>): Archived => archived(search.archived),
  loader: ({ context }) => context.translations.loadNamespaces('structure'),
  component: lazyRouteComponent(async () => {
    const { TermsScreen } = await import('../features/structure/terms-screen.tsx')
    return {
      default: function TermsPage() {
        const navigate = termsRoute.useNavigate()
        const search = termsRoute.useSearch()
        return (
          <TermsScreen
            showArchived={search.archived === 'shown'}
            onShowArchived={(isShown) => void navigate({ search: shown(isShown), replace: true })}
          />
        )
      },
    }
  }),
})

export const subjectsRoute = createRoute({
  getParentRoute: () => administration,
  path: '/structure/subjects',
  validateSearch: (search: Record<string, unknown>): Archived & { q?: string; department?: string } => {
    const [q, department] = [text(search.q), text(search.department)]
    return {
      ...archived(search.archived),
      ...(q === undefined ? {} : { q }),
      ...(department === undefined ? {} : { department }),
    }
  },
  loader: ({ context }) => context.translations.loadNamespaces('structure'),
  component: lazyRouteComponent(async () => {
    const { SubjectsScreen } = await import('../features/structure/subjects-screen.tsx')
    return {
      default: function SubjectsPage() {
        const navigate = subjectsRoute.useNavigate()
        const search = subjectsRoute.useSearch()
        return (
          <SubjectsScreen
            filter={{
              text: search.q ?? '',
              partId: search.department ?? null,
              showArchived: search.archived === 'shown',
            }}
            onFilter={(filter) =>
              void navigate({
                search: {
                  ...shown(filter.showArchived),
                  ...(filter.text === '' ? {} : { q: filter.text }),
                  ...(filter.partId === null ? {} : { department: filter.partId }),
                },
                replace: true,
              })
            }
          />
        )
      },
    }
  }),
})

export const structureClassesRoute = createRoute({
  getParentRoute: () => administration,
  path: '/structure/classes',
  validateSearch: (search: Record<string, unknown>): Archived & { q?: string; term?: string } => {
    const [q, term] = [text(search.q), text(search.term)]
    return {
      ...archived(search.archived),
      ...(q === undefined ? {} : { q }),
      ...(term === undefined ? {} : { term }),
    }
  },
  loader: ({ context }) => context.translations.loadNamespaces('structure'),
  component: lazyRouteComponent(async () => {
    const { StructureClassesScreen } = await import('../features/structure/structure-classes-screen.tsx')
    return {
      default: function StructureClassesPage() {
        const navigate = structureClassesRoute.useNavigate()
        const search = structureClassesRoute.useSearch()
        return (
          <StructureClassesScreen
            filter={{ text: search.q ?? '', partId: search.term ?? null, showArchived: search.archived === 'shown' }}
            onFilter={(filter) =>
              void navigate({
                search: {
                  ...shown(filter.showArchived),
                  ...(filter.text === '' ? {} : { q: filter.text }),
                  ...(filter.partId === null ? {} : { term: filter.partId }),
                },
                replace: true,
              })
            }
          />
        )
      },
    }
  }),
})

export const institutionRoute = createRoute({
  getParentRoute: () => administration,
  path: '/structure/institution',
  loader: ({ context }) => context.translations.loadNamespaces('structure'),
  component: lazyRouteComponent(() => import('../features/structure/institution-screen.tsx'), 'InstitutionScreen'),
})
