import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { teaching } from './trunk.tsx'

type Search = { classId?: string; importId?: string }

/** For administrators, and for teachers who come from a class of theirs. */
export const importRoute = createRoute({
  getParentRoute: () => teaching,
  path: '/import',
  validateSearch: ({ classId, importId }: Record<string, unknown>): Search => ({
    ...(typeof classId === 'string' ? { classId } : {}),
    ...(typeof importId === 'string' ? { importId } : {}),
  }),
  loader: ({ context }) => context.translations.loadNamespaces(['imports', 'invites']),
  component: lazyRouteComponent(async () => {
    const { ImportScreen } = await import('../features/imports/import-screen.tsx')
    return {
      default: function ImportPage() {
        const navigate = importRoute.useNavigate()
        const { classId, importId } = importRoute.useSearch()
        return (
          <ImportScreen
            classId={classId ?? null}
            importId={importId ?? null}
            onImport={(next) =>
              void navigate({
                search: {
                  ...(classId === undefined ? {} : { classId }),
                  ...(next === null ? {} : { importId: next }),
                },
              })
            }
          />
        )
      },
    }
  }),
})
