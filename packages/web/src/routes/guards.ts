import type { Role } from '@app/contract'
import type { QueryClient } from '@tanstack/react-query'
import { redirect } from '@tanstack/react-router'
import type { i18n } from 'i18next'
import type { Client } from '../api/client.ts'

export type RouterContext = { client: Client; cache: QueryClient; translations: i18n }

type Arrival = { context: RouterContext; location: { href: string } }

export async function requireSignIn({ context, location }: Arrival) {
  await context.client.resume()
  if (context.client.signIn.current().kind !== 'signed-out') return
  throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href }, replace: true })
}

/** Where `/` leads: a teacher's day first, for whoever has one; then what somebody looks after. */
export function startOf(
  roles: readonly Role[],
): '/today' | '/overview' | '/home' | '/guardian' | '/installation' | '/account' {
  if (roles.includes('teacher')) return '/today'
  if (roles.includes('admin')) return '/overview'
  if (roles.includes('student')) return '/home'
  if (roles.includes('guardian')) return '/guardian'
  return roles.includes('owner') ? '/installation' : '/account'
}

/** Only addresses of this app are gone back to: a link must not send people elsewhere after they typed a password. */
export function safeReturn(to: unknown): string | undefined {
  if (typeof to !== 'string' || !/^\/(?![/\\])/.test(to)) return undefined
  return to.startsWith('/sign-in') ? undefined : to
}
