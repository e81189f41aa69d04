import { useTranslation } from 'react-i18next'
import { type Attempt, wayOutOf } from './attempt.ts'
import { pauseEndOf } from './attempt-panel.tsx'
import { CameraButton } from './camera-screen.tsx'
import { clockOf, useCountdown } from './use-countdown.ts'

export type AttemptMoves = {
  start: () => void
  resend: () => void
  /** The colours on the screen are taken off, now and for later tries. */
  declineColours: () => void
  leave: () => void
  /** The way that needs no camera, offered all along and as large as the other. */
  fallback: { label: string; go: () => void }
  consent: () => void
  enrol: () => void
}

/** The buttons under a try: what leads on, and the fallback. */
export function AttemptActions<Result>({ attempt, moves }: { attempt: Attempt<Result>; moves: AttemptMoves }) {
  const { t } = useTranslation('check-in')
  const fallback = (kind: 'first' | 'other') => (
    <CameraButton kind={kind} onClick={moves.fallback.go}>
      {moves.fallback.label}
    </CameraButton>
  )
  switch (attempt.kind) {
    case 'done':
      return null
    case 'sending':
      return null
    case 'opening':
      return fallback('other')
    case 'running':
      return (
        <>
          {attempt.challenge.colours !== null && (
            <CameraButton kind="other" onClick={moves.declineColours}>
              {t('colours.decline')}
            </CameraButton>
          )}
          {fallback('other')}
        </>
      )
    case 'intro':
      return (
        <>
          <CameraButton kind="first" onClick={moves.start}>
            {t('intro.start')}
          </CameraButton>
          {fallback('other')}
        </>
      )
    case 'refused':
      return <Again attempt={attempt} moves={moves} isCodeFirst={attempt.refusal.offerCode} />
    case 'interrupted':
    case 'colours-declined':
    case 'no-camera':
      return <Again attempt={attempt} moves={moves} isCodeFirst={false} />
    case 'failed':
      return <AfterFailure attempt={attempt} moves={moves} />
  }
}

/** A new try, and the fallback; whichever is likelier to help stands first. */
function Again<Result>({
  attempt,
  moves,
  isCodeFirst,
}: {
  attempt: Attempt<Result>
  moves: AttemptMoves
  isCodeFirst: boolean
}) {
  const { t } = useTranslation('check-in')
  const pause = useCountdown(pauseEndOf(attempt))
  const again = (
    <CameraButton key="again" kind={isCodeFirst ? 'other' : 'first'} disabled={pause > 0} onClick={moves.start}>
      {t('tryAgain')}
    </CameraButton>
  )
  const fallback = (
    <CameraButton key="fallback" kind={isCodeFirst ? 'first' : 'other'} onClick={moves.fallback.go}>
      {moves.fallback.label}
    </CameraButton>
  )
  return isCodeFirst ? [fallback, again] : [again, fallback]
}

function AfterFailure<Result>({
  attempt,
  moves,
}: {
  attempt: Attempt<Result> & { kind: 'failed' }
  moves: AttemptMoves
}) {
  const { t } = useTranslation('check-in')
  const { failure, taken, at } = attempt
  const lifeLeft = useCountdown(taken === null ? null : taken.goodUntilMs)
  const wait = useCountdown(at + (failure.retryAfterSeconds ?? 0) * 1000)
  const way = wayOutOf(failure.code, lifeLeft > 0)
  const fallback = (kind: 'first' | 'other') => (
    <CameraButton kind={kind} onClick={moves.fallback.go}>
      {moves.fallback.label}
    </CameraButton>
  )
  const first = (label: string, onClick: () => void, disabled = false) => (
    <>
      <CameraButton kind="first" onClick={onClick} disabled={disabled}>
        {label}
      </CameraButton>
      {fallback('other')}
    </>
  )
  switch (way) {
    case 'resend':
      return first(
        wait > 0 ? t('problem.resendIn', { time: clockOf(wait) }) : t('problem.resend'),
        moves.resend,
        wait > 0,
      )
    case 'restart':
      return first(t('problem.restart'), moves.start, wait > 0)
    case 'wait':
      return <Again attempt={attempt} moves={moves} isCodeFirst={wait > 0} />
    case 'consent':
      return first(t('problem.consent'), moves.consent)
    case 'enrol':
      return first(t('problem.enrol'), moves.enrol)
    case 'fallback':
      return (
        <>
          {fallback('first')}
          <CameraButton kind="other" onClick={moves.leave}>
            {t('goHome')}
          </CameraButton>
        </>
      )
    case 'home':
      return (
        <CameraButton kind="first" onClick={moves.leave}>
          {t('goHome')}
        </CameraButton>
      )
  }
}
