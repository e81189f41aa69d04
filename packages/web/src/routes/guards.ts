import type { Role } from '@app/contract'
import type { QueryClient } from '@tanstack/react-query'
import { redirect } from '@tanstack/react-router'
import type { i18n } from 'i18next'
import type { Client } from '../api/client.ts'

export type RouterContext = { client: Client; cache: QueryClient; translations: i18n }

/** Thrown where the page is for others; the server would refuse its data anyway. */
export class WrongRole extends Error {
  readonly roles: readonly Role[]
  constructor(roles: readonly Role[]) {
    super('wrong role')
    this.roles = roles
  }
}

type Arrival = { context: RouterContext; location: { href: string } }

export async function requireSignIn({ context, location }: Arrival) {
  await context.client.resume()
  if (context.client.signIn.current().kind !== 'signed-out') return
  throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href }, replace: true })
}

/** A convenience: shows at once what the server would say. */
export function requireRole(...roles: Role[]) {
  return ({ context }: Arrival) => {
    const state = context.client.signIn.current()
    const held = state.kind === 'signed-in' || state.kind === 'ended' ? state.me.roles : []
    if (!held.some((role) => roles.includes(role))) throw new WrongRole(roles)
  }
}

/** Where `/` leads: the board first, for whoever has one. */
export function startOf(roles: readonly Role[]): '/classes' | '/home' | '/account' {
  if (roles.includes('teacher') || roles.includes('admin')) return '/classes'
  return roles.includes('student') ? '/home' : '/account'
}

/** Only addresses of this app are gone back to: a link must not send people elsewhere after they typed a password. */
export function safeReturn(to: unknown): string | undefined {
  if (typeof to !== 'string' || !/^\/(?![/\\])/.test(to)) return undefined
  return to.startsWith('/sign-in') ? undefined : to
}
