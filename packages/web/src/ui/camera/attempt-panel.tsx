import {
  IconAlertTriangle,
  IconCameraOff,
  IconCircleCheck,
  IconClockPause,
  IconPlugConnectedX,
  IconRefresh,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionPicture } from './action-picture.tsx'
import type { Attempt } from './attempt.ts'
import type { Words } from './attempt-words.ts'
import classes from './camera-panel.module.css'
import { CameraPanel, SendRing } from './camera-panel.tsx'
import { clockOf, useCountdown } from './use-countdown.ts'

/** What a try has come to: the picture, the sentence, and the time left where there is one to wait for. */
export function AttemptPanel<Result>({ attempt, words }: { attempt: Attempt<Result>; words: Words | null }) {
  const { t } = useTranslation('check-in')
  const pausedUntilMs = pauseEndOf(attempt)
  if (words === null) return null
  return (
    <CameraPanel sign={signOf(attempt)} tone={toneOf(attempt)} {...words}>
      {attempt.kind === 'refused' && attempt.refusal.offerCode && pausedUntilMs === null && <p>{t('offerCode')}</p>}
      {pausedUntilMs !== null && <TimeLeft untilMs={pausedUntilMs} />}
    </CameraPanel>
  )
}

function toneOf<Result>(attempt: Attempt<Result>): 'plain' | 'good' | 'warn' {
  if (attempt.kind === 'failed' && attempt.failure.code === 'already-done') return 'good'
  const isHelp = attempt.kind === 'refused' && attempt.refusal.action !== null
  return attempt.kind === 'sending' || isHelp ? 'plain' : 'warn'
}

/** Until when the face path is paused, as of `Date.now()`; null when it is not. */
export function pauseEndOf<Result>(attempt: Attempt<Result>): number | null {
  if (attempt.kind === 'refused' && attempt.refusal.pausedUntil !== null) return Date.parse(attempt.refusal.pausedUntil)
  if (attempt.kind !== 'failed') return null
  const { code, retryAfterSeconds } = attempt.failure
  const isPause = code === 'face-paused' || code === 'too-many-attempts'
  return isPause && retryAfterSeconds !== null ? attempt.at + retryAfterSeconds * 1000 : null
}

function TimeLeft({ untilMs }: { untilMs: number }) {
  const { t } = useTranslation('check-in')
  const left = useCountdown(untilMs)
  return left > 0 ? (
    <p role="timer" className={classes.time}>
      {t('paused.left', { time: clockOf(left) })}
    </p>
  ) : null
}

function signOf<Result>(attempt: Attempt<Result>): ReactNode {
  const size = { size: 72, stroke: 1.5 }
  switch (attempt.kind) {
    case 'sending':
      return <SendRing part={attempt.part < 1 ? attempt.part : null} />
    case 'no-camera':
      return <IconCameraOff {...size} />
    case 'failed':
      if (pauseEndOf(attempt) !== null) return <IconClockPause {...size} />
      if (attempt.failure.code === 'offline') return <IconPlugConnectedX {...size} />
      if (attempt.failure.code === 'already-done') return <IconCircleCheck {...size} />
      return <IconAlertTriangle {...size} />
    case 'refused':
      if (pauseEndOf(attempt) !== null) return <IconClockPause {...size} />
      if (attempt.refusal.action !== null) return <ActionPicture action={attempt.refusal.action} />
      return <IconRefresh {...size} />
    default:
      return <IconRefresh {...size} />
  }
}
