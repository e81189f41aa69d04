import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { teaching } from './trunk.tsx'

/** A day of the week that is looked at. */
const day = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined

export const classTimetableRoute = createRoute({
  getParentRoute: () => teaching,
  path: '/classes/$classId/timetable',
  validateSearch: (search: Record<string, unknown>): { week?: string } => {
    const week = day(search.week)
    return week === undefined ? {} : { week }
  },
  loader: ({ context }) => context.translations.loadNamespaces('timetable'),
  component: lazyRouteComponent(async () => {
    const { ClassTimetableScreen } = await import('../features/timetable/class-timetable-screen.tsx')
    return {
      default: function ClassTimetablePage() {
        const navigate = classTimetableRoute.useNavigate()
        const { classId } = classTimetableRoute.useParams()
        const { week } = classTimetableRoute.useSearch()
        return (
          <ClassTimetableScreen
            key={classId}
            classId={classId}
            week={week ?? null}
            onWeek={(next) => void navigate({ search: next === null ? {} : { week: next }, replace: true })}
          />
        )
      },
    }
  }),
})

export const weekRoute = createRoute({
  getParentRoute: () => teaching,
  path: '/week',
  validateSearch: (search: Record<string, unknown>): { week?: string; teacher?: string } => {
    const week = day(search.week)
    return {
      ...(week === undefined ? {} : { week }),
      ...(typeof search.teacher === 'string' ? { teacher: search.teacher } : {}),
    }
  },
  loader: ({ context }) => context.translations.loadNamespaces('timetable'),
  component: lazyRouteComponent(async () => {
    const { WeekScreen } = await import('../features/timetable/week-screen.tsx')
    return {
      default: function WeekPage() {
        const navigate = weekRoute.useNavigate()
        const { week, teacher } = weekRoute.useSearch()
        return (
          <WeekScreen
            choice={{ week: week ?? null, teacherId: teacher ?? null }}
            onChoice={(next) =>
              void navigate({
                search: {
                  ...(next.week === null ? {} : { week: next.week }),
                  ...(next.teacherId === null ? {} : { teacher: next.teacherId }),
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
