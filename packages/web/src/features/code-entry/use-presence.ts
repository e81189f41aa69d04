import { type ChallengeView, type PresenceView, type ResultOf, showPresence, startCheckIn } from '@app/contract'
import { useEffect, useRef, useState } from 'react'
import { isFailure } from '../../api/failure.ts'
import { useApi } from '../../api/use-api.tsx'
import { type PlaceProblem, readPosition } from './read-position.ts'

type Challenge = ResultOf<typeof startCheckIn>
type Showing = 'code' | 'network' | 'place'

export type PresenceState = {
  /** Null until the challenge is there that presence is shown for. */
  presence: PresenceView | null
  showing: Showing | null
  /** What went wrong with the last thing shown, and with which. */
  problem: { at: Showing; error: unknown } | null
  placeProblem: PlaceProblem | null
  tookTooLong: boolean
}

const NOTHING_YET: PresenceState = {
  presence: null,
  showing: null,
  problem: null,
  placeProblem: null,
  tookTooLong: false,
}

type Options = {
  sessionId: string
  /** A code that was scanned on the way here; null when none was. */
  code: string | null
  /** Presence is shown, or need not be: the camera may open for this challenge. */
  onReady: (challenge: ChallengeView) => void
  /** There is no challenge to be had: the camera's page says why. */
  onNoChallenge: () => void
}

/** Asks for a challenge and shows for it what the class asks beside the face. */
export function usePresence({ sessionId, code, onReady, onNoChallenge }: Options) {
  const api = useApi()
  const [state, setState] = useState(NOTHING_YET)
  const challenge = useRef<Challenge | null>(null)
  const turn = (changed: Partial<PresenceState>) => setState((before) => ({ ...before, ...changed }))

  async function start(): Promise<Challenge | null> {
    try {
      challenge.current = await api.call(startCheckIn, { params: { sessionId } })
      turn({ presence: challenge.current.presence })
      return challenge.current
    } catch {
      onNoChallenge()
      return null
    }
  }

  async function show(at: Showing, shown: { code?: string; position?: Parameters<typeof readBody>[1] }) {
    const current = challenge.current
    if (current === null) return
    turn({ showing: at, problem: null, placeProblem: null, tookTooLong: false })
    try {
      const body = readBody(shown.code, shown.position)
      const presence = await api.call(showPresence, { params: { challengeId: current.id }, body })
      turn({ presence, showing: null })
      if (presence.isProven) onReady(current)
    } catch (error) {
      turn({ showing: null })
      if (!isFailure(error, 'challenge-expired', 'challenge-unknown', 'challenge-spent'))
        return turn({ problem: { at, error } })
      await start()
      turn({ tookTooLong: true })
    }
  }

  async function begin() {
    const begun = await start()
    if (begun === null) return
    if (begun.presence?.isProven !== false) return onReady(begun)
    if (code !== null) await show('code', { code })
  }

  const latest = useRef(begin)
  const hasBegun = useRef(false)
  useEffect(() => {
    if (hasBegun.current) return
    hasBegun.current = true
    void latest.current()
  }, [])

  return {
    ...state,
    showCode: (typed: string) => void show('code', { code: typed }),
    checkNetwork: () => void show('network', {}),
    async showPlace() {
      turn({ showing: 'place', problem: null, placeProblem: null })
      const position = await readPosition()
      if (typeof position === 'string') turn({ showing: null, placeProblem: position })
      else await show('place', { position })
    },
    /** For those who need not show anything. */
    goOn() {
      if (challenge.current !== null) onReady(challenge.current)
    },
  }
}

const readBody = (
  code: string | undefined,
  position: Exclude<Awaited<ReturnType<typeof readPosition>>, string> | undefined,
) => ({ code: code ?? null, position: position ?? null })
