import { IconVolume, IconVolumeOff } from '@tabler/icons-react'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AttemptActions, type AttemptMoves } from './attempt-actions.tsx'
import { AttemptPanel } from './attempt-panel.tsx'
import { useAttemptWords, type Words } from './attempt-words.ts'
import { CameraScreen, CameraTool } from './camera-screen.tsx'
import { CameraPreview, CameraStage, useInstruction } from './camera-stage.tsx'
import { type AttemptCalls, useFaceAttempt } from './use-face-attempt.ts'
import { useHapticTick } from './use-haptic-tick.ts'
import { remember, remembered, useSpeech } from './use-speech.ts'

export type FaceAttemptProps<Result> = {
  title: string
  /** Under this name the device remembers that the explanation has been seen. */
  introKey: string
  intro: ReactNode
  calls: AttemptCalls<Result>
  /** What a new try after an answer begins with; null where it begins with the camera. */
  again: (() => void) | null
  moves: Omit<AttemptMoves, 'start' | 'resend' | 'declineColours'>
  /** What is said when the server could not tell that it is this person. */
  notConfirmed: Words
  done: (result: Result) => { said: string; panel: ReactNode; actions: ReactNode }
}

/** The whole of a try by face, for checking in and for setting up: they differ in what they call and what they say. */
export function FaceAttempt<Result>({
  title,
  introKey,
  intro,
  calls,
  again,
  moves,
  notConfirmed,
  done,
}: FaceAttemptProps<Result>) {
  const video = useRef<HTMLVideoElement>(null)
  const [needsIntro] = useState(() => remembered(`camera-intro ${introKey}`) === null)
  const { attempt, view, start, resend, declineColours } = useFaceAttempt({ calls, needsIntro, video })
  const instruction = useInstruction(view)
  const isInFront = attempt.kind === 'opening' || attempt.kind === 'running'
  const words = useAttemptWords(attempt, notConfirmed)
  const answer = attempt.kind === 'done' ? done(attempt.result) : null
  useHapticTick(view)

  const isAnswered = attempt.kind === 'refused' || attempt.kind === 'failed'
  const begin = () => {
    if (again !== null && isAnswered) return again()
    remember(`camera-intro ${introKey}`, 'seen')
    start()
  }
  const wordsSaid = words === null ? '' : [words.title, words.text].filter(Boolean).join('. ')
  return (
    <CameraScreen
      title={title}
      said={answer?.said ?? (isInFront ? instruction : wordsSaid)}
      onLeave={moves.leave}
      behind={<CameraPreview video={video} isOn={isInFront} />}
      tools={<SpeechTool sentence={isInFront ? instruction : ''} />}
      actions={
        answer?.actions ?? (
          <AttemptActions attempt={attempt} moves={{ ...moves, start: begin, resend, declineColours }} />
        )
      }
    >
      {attempt.kind === 'intro' && intro}
      {isInFront && (
        <CameraStage view={view} steps={attempt.kind === 'running' ? attempt.challenge.actions.length : 0} />
      )}
      {answer?.panel ?? <AttemptPanel attempt={attempt} words={words} />}
    </CameraScreen>
  )
}

function SpeechTool({ sentence }: { sentence: string }) {
  const { t } = useTranslation('check-in')
  const { canSpeak, isOn, toggle } = useSpeech(sentence)
  if (!canSpeak) return null
  return (
    <CameraTool label={t('speech.label')} isPressed={isOn} onClick={toggle}>
      {isOn ? <IconVolume aria-hidden size={24} /> : <IconVolumeOff aria-hidden size={24} />}
    </CameraTool>
  )
}
