import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { REFUSAL_DAYS, type RefusalsChoice } from '../features/refusals/choice.ts'
import { requireSignIn } from './guards.ts'
import { FailedPage, RoleGate } from './layouts.tsx'
import { root, teaching } from './trunk.tsx'

export const CLASS_TABS = ['students', 'sessions', 'report', 'policy'] as const
export type ClassTab = (typeof CLASS_TABS)[number]

export const todayRoute = createRoute({
  getParentRoute: () => teaching,
  path: '/today',
  loader: ({ context }) => context.translations.loadNamespaces(['sessions', 'classes']),
  component: lazyRouteComponent(async () => {
    const { TodayScreen } = await import('../features/classes/today-screen.tsx')
    return {
      default: function TodayPage() {
        return (
          <RoleGate roles={['teacher']}>
            <TodayScreen />
          </RoleGate>
        )
      },
    }
  }),
})

export const classesRoute = createRoute({
  getParentRoute: () => teaching,
  path: '/classes',
  loader: ({ context }) => context.translations.loadNamespaces(['classes', 'sessions']),
  component: lazyRouteComponent(() => import('../features/classes/classes-screen.tsx'), 'ClassesScreen'),
})

export const classRoute = createRoute({
  getParentRoute: () => teaching,
  path: '/classes/$classId',
  validateSearch: (search: Record<string, unknown>): { tab?: ClassTab } => {
    const tab = CLASS_TABS.find((name) => name === search.tab)
    return tab === undefined ? {} : { tab }
  },
  loader: ({ context }) =>
    context.translations.loadNamespaces(['classes', 'invites', 'moving', 'people', 'policy', 'reasons', 'sessions']),
  component: lazyRouteComponent(async () => {
    const { ClassScreen } = await import('../features/classes/class-screen.tsx')
    const { ClassPolicy } = await import('../features/policy/class-policy.tsx')
    return {
      default: function ClassPage() {
        const navigate = classRoute.useNavigate()
        const { classId } = classRoute.useParams()
        const { tab } = classRoute.useSearch()
        return (
          <ClassScreen
            key={classId}
            classId={classId}
            tab={tab ?? 'students'}
            onTab={(next) => void navigate({ search: { tab: next }, replace: true })}
            policy={<ClassPolicy classId={classId} />}
          />
        )
      },
    }
  }),
})

export const boardRoute = createRoute({
  getParentRoute: () => teaching,
  path: '/sessions/$sessionId',
  loader: ({ context }) => context.translations.loadNamespaces(['live-board', 'reasons', 'audit', 'sessions']),
  component: lazyRouteComponent(async () => {
    const { BoardScreen } = await import('../features/live-board/board-screen.tsx')
    return {
      default: function BoardPage() {
        const { sessionId } = boardRoute.useParams()
        return <BoardScreen key={sessionId} sessionId={sessionId} />
      },
    }
  }),
})

export const refusalsRoute = createRoute({
  getParentRoute: () => teaching,
  path: '/refusals',
  validateSearch: (search: Record<string, unknown>): { classId?: string; days?: RefusalsChoice['days'] } => {
    const days = REFUSAL_DAYS.find((count) => count === search.days)
    return {
      ...(typeof search.classId === 'string' ? { classId: search.classId } : {}),
      ...(days === undefined ? {} : { days }),
    }
  },
  loader: ({ context }) => context.translations.loadNamespaces(['refusals', 'reasons']),
  component: lazyRouteComponent(async () => {
    const { RefusalsScreen } = await import('../features/refusals/refusals-screen.tsx')
    return {
      default: function RefusalsPage() {
        const navigate = refusalsRoute.useNavigate()
        const { classId, days } = refusalsRoute.useSearch()
        return (
          <RefusalsScreen
            choice={{ classId: classId ?? null, days: days ?? 90 }}
            onChoice={(next) =>
              void navigate({
                search: { days: next.days, ...(next.classId === null ? {} : { classId: next.classId }) },
                replace: true,
              })
            }
          />
        )
      },
    }
  }),
})

/** Without the frame: everybody in the room sees it. */
export const projectorRoute = createRoute({
  getParentRoute: () => root,
  path: '/sessions/$sessionId/projector',
  beforeLoad: requireSignIn,
  loader: ({ context }) => context.translations.loadNamespaces('live-board'),
  errorComponent: FailedPage,
  component: lazyRouteComponent(async () => {
    const { ProjectorScreen } = await import('../features/live-board/projector-screen.tsx')
    return {
      default: function ProjectorPage() {
        const { sessionId } = projectorRoute.useParams()
        return (
          <RoleGate roles={['teacher']}>
            <ProjectorScreen sessionId={sessionId} />
          </RoleGate>
        )
      },
    }
  }),
})
