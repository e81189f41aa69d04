import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { safeReturn, startOf } from './guards.ts'
import { framed, personal } from './trunk.tsx'

export const signInRoute = createRoute({
  getParentRoute: () => framed,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { to?: string } => {
    const to = safeReturn(search.to)
    return to === undefined ? {} : { to }
  },
  beforeLoad: async ({ context, search }) => {
    await context.client.resume()
    const state = context.client.signIn.current()
    if (state.kind === 'signed-in') throw redirect({ href: search.to ?? startOf(state.me.roles), replace: true })
  },
  loader: ({ context }) => context.translations.loadNamespaces('accounts'),
  component: lazyRouteComponent(() => import('../features/accounts/sign-in-screen.tsx'), 'SignInScreen'),
})

export const setUpRoute = createRoute({
  getParentRoute: () => framed,
  path: '/set-up',
  loader: ({ context }) => context.translations.loadNamespaces('accounts'),
  component: lazyRouteComponent(() => import('../features/accounts/set-up-screen.tsx'), 'SetUpScreen'),
})

export const inviteRoute = createRoute({
  getParentRoute: () => framed,
  path: '/invite',
  loader: ({ context }) => context.translations.loadNamespaces('accounts'),
  component: lazyRouteComponent(() => import('../features/accounts/invite-screen.tsx'), 'InviteScreen'),
})

export const signUpRoute = createRoute({
  getParentRoute: () => framed,
  path: '/sign-up',
  loader: ({ context }) => context.translations.loadNamespaces('accounts'),
  component: lazyRouteComponent(() => import('../features/accounts/teacher-sign-up-screen.tsx'), 'TeacherSignUpScreen'),
})

export const startRoute = createRoute({
  getParentRoute: () => personal,
  path: '/',
  beforeLoad: ({ context }) => {
    const state = context.client.signIn.current()
    if (state.kind === 'signed-in') throw redirect({ to: startOf(state.me.roles), replace: true })
  },
})

export const accountRoute = createRoute({
  getParentRoute: () => personal,
  path: '/account',
  loader: ({ context }) => context.translations.loadNamespaces('accounts'),
  component: lazyRouteComponent(() => import('../features/accounts/account-screen.tsx'), 'AccountScreen'),
})
