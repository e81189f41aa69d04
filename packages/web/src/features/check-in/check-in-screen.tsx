import {
  type ChallengeView,
  getEnrolment,
  getSession,
  getStudentHistory,
  getStudentHome,
  type ResultOf,
  type SessionView,
  setFlashSetting,
  startCheckIn,
  submitCheckIn,
} from '@app/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ComponentType, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readKey, useApi, useRead } from '../../api/use-api.tsx'
import { CameraIntro } from '../../ui/camera/camera-intro.tsx'
import { CameraScreen } from '../../ui/camera/camera-screen.tsx'
import { FaceAttempt } from '../../ui/camera/face-attempt.tsx'
import { MarkedActions, MarkedPanel, useMarkedSentence } from '../../ui/camera/marked-panel.tsx'
import type { AttemptCalls } from '../../ui/camera/use-face-attempt.ts'

type Marked = Extract<ResultOf<typeof submitCheckIn>, { outcome: 'accepted' }>

/** What a class asks beside the face; it ends with a challenge that the camera may open for. */
type AskPresence = ComponentType<{
  session: SessionView
  code: string | null
  onReady: (challenge: ChallengeView) => void
  onNoChallenge: () => void
}>

type CheckInScreenProps = {
  sessionId: string
  /** A code that was scanned on the way here; null when none was. */
  code: string | null
  AskPresence: AskPresence
}

/** Being marked by face in one session. */
export function CheckInScreen({ sessionId, code, AskPresence }: CheckInScreenProps) {
  const { t } = useTranslation('check-in')
  const navigate = useNavigate()
  const session = useRead(getSession, { params: { sessionId } })
  // Asked for before the camera; `none` when there was none to be had, and the camera's page shall say why.
  const [challenge, setChallenge] = useState<ChallengeView | 'none' | null>(null)
  const calls = useCheckInCalls(sessionId, challenge === 'none' ? null : challenge)
  const markedSentence = useMarkedSentence()
  const goHome = () => void navigate({ to: '/home' })
  if (session.isPending) {
    return (
      <CameraScreen title={t('checkIn')} said="" onLeave={goHome}>
        {null}
      </CameraScreen>
    )
  }
  const asksPresence = (session.data?.presence.proofs.length ?? 0) > 0
  if (session.data && asksPresence && challenge === null) {
    const onNoChallenge = () => setChallenge('none')
    return <AskPresence session={session.data} code={code} onReady={setChallenge} onNoChallenge={onNoChallenge} />
  }
  return (
    <FaceAttempt<Marked>
      title={session.data?.subjectName ?? t('checkIn')}
      introKey="check-in"
      intro={<CheckInIntro />}
      calls={calls}
      again={asksPresence ? () => setChallenge(null) : null}
      moves={{
        leave: goHome,
        fallback:
          session.data?.methods.includes('code') === false
            ? { label: t('goHome'), go: goHome }
            : {
                label: t('useCode'),
                go: () => void navigate({ to: '/code/$sessionId', params: { sessionId } }),
              },
        consent: () => void navigate({ to: '/consent' }),
        enrol: () => void navigate({ to: '/enrol' }),
      }}
      notConfirmed={{ title: t('refused.not-confirmed.title'), text: t('refused.not-confirmed.text') }}
      done={(marked) => ({
        said: markedSentence(marked),
        panel: <MarkedPanel marked={marked} onDone={goHome} />,
        actions: <MarkedActions onDone={goHome} />,
      })}
    />
  )
}

function CheckInIntro() {
  const { t } = useTranslation('check-in')
  const retentionDays = useRead(getEnrolment).data?.consent.retentionDays
  return (
    <CameraIntro
      title={t('intro.title')}
      happens={{ title: t('intro.happens.title'), text: t('intro.happens.text') }}
      kept={{ title: t('intro.kept.title'), text: t('intro.kept.text') }}
      howLong={{
        title: t('intro.howLong.title'),
        text: retentionDays === undefined ? t('intro.howLongShort') : t('intro.howLong.text', { count: retentionDays }),
      }}
    />
  )
}

/** @param challenge the one to answer; null to ask for one when the camera is open */
function useCheckInCalls(sessionId: string, challenge: ChallengeView | null): AttemptCalls<Marked> {
  const api = useApi()
  const cache = useQueryClient()
  return {
    start: async (signal) => challenge ?? api.call(startCheckIn, { params: { sessionId }, signal }),
    declineColours: () => api.call(setFlashSetting, { body: { avoids: true } }),
    async send(answered, { bundle, file }, { onProgress, signal }) {
      const answer = await api.upload(submitCheckIn, {
        params: { challengeId: answered.id },
        body: { bundle: JSON.stringify(bundle) },
        file,
        onProgress,
        signal,
      })
      if (answer.outcome === 'refused') return answer
      void cache.invalidateQueries({ queryKey: readKey(getStudentHome) })
      void cache.invalidateQueries({ queryKey: readKey(getStudentHistory) })
      return { outcome: 'done', result: answer }
    },
  }
}
