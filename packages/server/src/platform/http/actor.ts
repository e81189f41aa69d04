import type { Role } from '@app/contract'
import { Failure } from '../failure.ts'

/** Who is asking. Made anew for every request from the database, so that a disabled person or an ended sign-in is out at once. */
export type Actor = {
  institutionId: string
  personId: string
  loginId: string
  roles: ReadonlySet<Role>
  /** When the access token runs out; a stream must not outlive it. */
  validUntil: Date
}

/** @throws Failure `not-allowed` */
export function requireRole(actor: Actor, ...anyOf: Role[]): void {
  if (!anyOf.some((role) => actor.roles.has(role))) throw new Failure('not-allowed')
}
