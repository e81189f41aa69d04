import { paintOf } from '@app/contract'
import { IconCheck } from '@tabler/icons-react'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionPicture } from './action-picture.tsx'
import classes from './camera-stage.module.css'
import type { SequenceView } from './face-sequence.ts'

/** The picture of the camera, as in a mirror. */
export function CameraPreview({ video, isOn }: { video: RefObject<HTMLVideoElement | null>; isOn: boolean }) {
  return (
    <video ref={video} className={classes.preview} data-on={isOn} playsInline muted aria-hidden="true" tabIndex={-1} />
  )
}

/** The oval with its ring, and over it what to do now. */
export function CameraStage({ view, steps }: { view: SequenceView | null; steps: number }) {
  const { t } = useTranslation('check-in')
  const instruction = useInstruction(view)
  const isWarning = view !== null && view.hint !== null
  const shade = view === null || view.light === null ? undefined : paintOf(view.light)
  return (
    <div className={classes.stage}>
      <div className={classes.instruction} data-kind={isWarning ? 'hint' : view?.phase === 'return' ? 'seen' : 'ask'}>
        {view === null ? <p className={classes.aside}>{t('opening.text')}</p> : <InstructionPicture view={view} />}
        <p className={classes.words}>{instruction}</p>
      </div>
      <Oval
        progress={view?.progress ?? 0}
        state={isWarning ? 'hint' : view?.phase === 'return' ? 'seen' : 'ask'}
        shade={shade}
      />
      <Steps view={view} steps={steps} />
    </div>
  )
}

/** The sentence of this moment; at most six words. */
export function useInstruction(view: SequenceView | null): string {
  const { t } = useTranslation('check-in')
  if (view === null) return t('opening.title')
  if (view.hint !== null) return t(`hint.${view.hint}`)
  switch (view.phase) {
    case 'position':
      return view.progress > 0 ? t('stay') : t('position')
    case 'flash':
      return t('colours.hold')
    case 'action':
      return view.action === null ? '' : t(`${view.isNudged ? 'askAgain' : 'ask'}.${view.action}`)
    case 'return':
      return view.wasSeen ? `${t('seen')}. ${t('straight')}` : t('straight')
    case 'finished':
      return t('seen')
  }
}

function InstructionPicture({ view }: { view: SequenceView }) {
  if (view.hint !== null || view.phase === 'position' || view.phase === 'flash' || view.action === null) return null
  if (view.phase === 'action') return <ActionPicture action={view.action} />
  return view.wasSeen ? <IconCheck aria-hidden className={classes.tick} size={40} stroke={3} /> : null
}

type OvalProps = { progress: number; state: 'hint' | 'seen' | 'ask'; shade: string | undefined }

/** `shade` is a colour for all of the screen around the face, instead of dimming it. */
function Oval({ progress, state, shade }: OvalProps) {
  return (
    <div className={classes.oval} data-state={state} aria-hidden="true">
      <div
        className={classes.shade}
        style={shade === undefined ? undefined : { color: shade }}
        data-lit={shade !== undefined}
      />
      <svg className={classes.lines} viewBox="0 0 300 400" aria-hidden="true">
        <ellipse cx="150" cy="200" rx="140" ry="190" className={classes.track} />
        <path
          d="M150 10a140 190 0 0 1 0 380a140 190 0 0 1 0-380"
          pathLength="100"
          className={classes.ring}
          strokeDashoffset={100 - 100 * progress}
        />
      </svg>
    </div>
  )
}

function Steps({ view, steps }: { view: SequenceView | null; steps: number }) {
  if (view === null || steps === 0) return <div className={classes.steps} />
  const done = Math.round(view.progress * (steps + 1)) - 1
  return (
    <div className={classes.steps} aria-hidden="true">
      {Array.from({ length: steps }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the dots are alike and never move
        <span key={i} className={classes.dot} data-done={i < done} />
      ))}
    </div>
  )
}
