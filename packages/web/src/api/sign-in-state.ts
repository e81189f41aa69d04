import type { Me, SignedIn } from '@app/contract'

export type SignInState =
  /** Nothing asked yet: the page has just been opened. */
  | { kind: 'unknown' }
  | { kind: 'signed-in'; me: Me }
  /** The server ended it under the person's hands: the page stays, with what was typed, and asks to sign in again. */
  | { kind: 'ended'; me: Me }
  | { kind: 'signed-out' }

/** Refresh this long before the token's end, so that a slow upload does not outlive it. */
const MARGIN_MS = 60_000

/**
 * Holds the access token for as long as the page lives, and nowhere else.
 * Its age is told by the monotonic clock, so a phone with a wrong date signs in like any other.
 */
export function createSignInState(monotonicMs: () => number = () => performance.now()) {
  let state: SignInState = { kind: 'unknown' }
  let token: { value: string; staleAtMs: number } | null = null
  const listeners = new Set<() => void>()

  function become(next: SignInState) {
    state = next
    for (const listener of listeners) listener()
  }

  return {
    current: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** `serverNow` is the `Date` of the reply that brought the token. */
    signedIn(reply: SignedIn, serverNow: Date) {
      const lifeMs = Math.max(0, Date.parse(reply.expiresAt) - serverNow.getTime())
      token = { value: reply.accessToken, staleAtMs: monotonicMs() + Math.max(lifeMs / 2, lifeMs - MARGIN_MS) }
      become({ kind: 'signed-in', me: reply.me })
    },
    signedOut() {
      token = null
      become({ kind: 'signed-out' })
    },
    /** The refresh cookie was not taken. */
    ended() {
      token = null
      become(state.kind === 'signed-in' ? { kind: 'ended', me: state.me } : { kind: 'signed-out' })
    },
    /** The token while it has time left, else null. */
    freshToken: () => (token !== null && monotonicMs() < token.staleAtMs ? token.value : null),
    /** The server did not take this token: it is not offered again. */
    spoil(value: string) {
      if (token?.value === value) token = null
    },
  }
}

export type SignInStore = ReturnType<typeof createSignInState>
