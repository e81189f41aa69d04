import { createRootRouteWithContext, createRoute, Outlet } from '@tanstack/react-router'
import { type RouterContext, requireRole, requireSignIn } from './guards.ts'
import { FailedPage, FramedLayout, NotFoundPage, PersonalLayout } from './layouts.tsx'

/** The layouts that pages hang on: outermost first. */
export const root = createRootRouteWithContext<RouterContext>()({ component: Outlet })

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
  beforeLoad: requireRole('teacher', 'admin'),
})

export const administration = createRoute({
  getParentRoute: () => personal,
  id: 'administration',
  beforeLoad: requireRole('admin'),
})

export const studying = createRoute({
  getParentRoute: () => personal,
  id: 'studying',
  beforeLoad: requireRole('student'),
})
