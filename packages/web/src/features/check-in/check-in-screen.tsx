import {
  getEnrolment,
  getSession,
  getStudentHistory,
  getStudentHome,
  type ResultOf,
  startCheckIn,
  submitCheckIn,
} from '@app/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { readKey, useApi, useRead } from '../../api/use-api.tsx'
import { CameraIntro } from '../../ui/camera/camera-intro.tsx'
import { FaceAttempt } from '../../ui/camera/face-attempt.tsx'
import { MarkedActions, MarkedPanel, useMarkedSentence } from '../../ui/camera/marked-panel.tsx'
import type { AttemptCalls } from '../../ui/camera/use-face-attempt.ts'

type Marked = Extract<ResultOf<typeof submitCheckIn>, { outcome: 'accepted' }>

/** Being marked by face in one session. */
export function CheckInScreen({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation('check-in')
  const navigate = useNavigate()
  const session = useRead(getSession, { params: { sessionId } })
  const calls = useCheckInCalls(sessionId)
  const markedSentence = useMarkedSentence()
  const goHome = () => void navigate({ to: '/home' })
  return (
    <FaceAttempt<Marked>
      title={session.data?.subjectName ?? t('checkIn')}
      introKey="check-in"
      intro={<CheckInIntro />}
      calls={calls}
      moves={{
        leave: goHome,
        fallback: {
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

function useCheckInCalls(sessionId: string): AttemptCalls<Marked> {
  const api = useApi()
  const cache = useQueryClient()
  return {
    start: (signal) => api.call(startCheckIn, { params: { sessionId }, signal }),
    async send(challenge, { bundle, file }, { onProgress, signal }) {
      const answer = await api.upload(submitCheckIn, {
        params: { challengeId: challenge.id },
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
