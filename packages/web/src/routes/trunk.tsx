import { createRootRouteWithContext, createRoute, Outlet } from '@tanstack/react-router'
import { type RouterContext, requireSignIn } from './guards.ts'
import { FailedPage, FramedLayout, NotFoundPage, NowherePage, PersonalLayout, RoleGate } from './layouts.tsx'

/** The layouts that pages hang on: outermost first. */
export const root = createRootRouteWithContext<RouterContext>()({ component: Outlet, notFoundComponent: NowherePage })

export const framed = createRoute({
  getParentRoute: () => root,
  id: 'framed',
  component: FramedLayout,
  errorComponent: FailedPage,
  notFoundComponent: NotFoundPage,
})

export const personal = createRoute({
  getParentRoute: () => framed,
  id: 'personal',
  beforeLoad: requireSignIn,
  component: PersonalLayout,
})

/** The sentences of what can go wrong beyond signing in and checking in. */
const loadFurtherErrors = ({ context }: { context: RouterContext }) =>
  context.translations.loadNamespaces('further-errors')

export const teaching = createRoute({
  getParentRoute: () => personal,
  id: 'teaching',
  loader: loadFurtherErrors,
  component: () => (
    <RoleGate roles={['teacher', 'admin']}>
      <Outlet />
    </RoleGate>
  ),
})

export const administration = createRoute({
  getParentRoute: () => personal,
  id: 'administration',
  loader: loadFurtherErrors,
  component: () => (
    <RoleGate roles={['admin']}>
      <Outlet />
    </RoleGate>
  ),
})

export const studying = createRoute({
  getParentRoute: () => personal,
  id: 'studying',
  component: () => (
    <RoleGate roles={['student']}>
      <Outlet />
    </RoleGate>
  ),
})

export const owning = createRoute({
  getParentRoute: () => personal,
  id: 'owning',
  loader: loadFurtherErrors,
  component: () => (
    <RoleGate roles={['owner']}>
      <Outlet />
    </RoleGate>
  ),
})

export const guarding = createRoute({
  getParentRoute: () => personal,
  id: 'guarding',
  component: () => (
    <RoleGate roles={['guardian']}>
      <Outlet />
    </RoleGate>
  ),
})
