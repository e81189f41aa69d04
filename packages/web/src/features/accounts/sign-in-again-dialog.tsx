import type { Me } from '@app/contract'
export function SignInAgainDialog(_: { me: Me }) {
  return null
}
