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

export const teaching = createRoute({
  getParentRoute: () => personal,
  id: 'teaching',
  component: () => (
    <RoleGate roles={['teacher', 'admin']}>
      <Outlet />
    </RoleGate>
  ),
})

export const administration = createRoute({
  getParentRoute: () => personal,
  id: 'administration',
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
