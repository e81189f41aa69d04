import {
  getEnrolment,
  getStudentHome,
  type ResultOf,
  setFlashSetting,
  startEnrolment,
  submitEnrolment,
} from '@app/contract'
import { IconUserSearch } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { readKey, useApi } from '../../api/use-api.tsx'
import { CameraIntro } from '../../ui/camera/camera-intro.tsx'
import { CameraPanel, DrawnTick } from '../../ui/camera/camera-panel.tsx'
import { CameraButton } from '../../ui/camera/camera-screen.tsx'
import { FaceAttempt } from '../../ui/camera/face-attempt.tsx'
import type { AttemptCalls } from '../../ui/camera/use-face-attempt.ts'

type Outcome = Exclude<ResultOf<typeof submitEnrolment>, { outcome: 'refused' }>

/** The camera part of setting up; the agreement is there by now. */
export function EnrolmentAttempt({ retentionDays }: { retentionDays: number }) {
  const { t } = useTranslation(['student', 'check-in'])
  const navigate = useNavigate()
  const calls = useEnrolmentCalls()
  const goHome = () => void navigate({ to: '/home' })
  return (
    <FaceAttempt<Outcome>
      title={t('student:enrolment.title')}
      introKey="enrolment"
      intro={<EnrolmentIntro retentionDays={retentionDays} />}
      calls={calls}
      again={null}
      moves={{
        leave: goHome,
        fallback: { label: t('check-in:notNow'), go: goHome },
        consent: () => void navigate({ to: '/consent' }),
        enrol: goHome,
      }}
      notConfirmed={{ title: t('check-in:enrolNotConfirmed.title'), text: t('check-in:enrolNotConfirmed.text') }}
      done={({ outcome }) => {
        const key = outcome === 'held' ? 'heldNow' : 'done'
        const title = t(`student:enrolment.${key}.title`)
        const text = t(`student:enrolment.${key}.text`)
        return {
          said: `${title}. ${text}`,
          panel: (
            <CameraPanel
              tone={outcome === 'held' ? 'plain' : 'good'}
              sign={outcome === 'held' ? <IconUserSearch size={72} stroke={1.5} /> : <DrawnTick />}
              title={title}
              text={text}
            />
          ),
          actions: (
            <CameraButton kind="first" onClick={goHome}>
              {t(`student:enrolment.${key}.action`)}
            </CameraButton>
          ),
        }
      }}
    />
  )
}

function EnrolmentIntro({ retentionDays }: { retentionDays: number }) {
  const { t } = useTranslation('check-in')
  return (
    <CameraIntro
      title={t('enrolIntro.title')}
      happens={{ title: t('enrolIntro.happens.title'), text: t('enrolIntro.happens.text') }}
      kept={{ title: t('enrolIntro.kept.title'), text: t('enrolIntro.kept.text') }}
      howLong={{
        title: t('enrolIntro.howLong.title'),
        text: t('enrolIntro.howLong.text', { count: retentionDays }),
      }}
    />
  )
}

function useEnrolmentCalls(): AttemptCalls<Outcome> {
  const api = useApi()
  const cache = useQueryClient()
  return {
    start: (signal) => api.call(startEnrolment, { signal }),
    declineColours: () => api.call(setFlashSetting, { body: { avoids: true } }),
    async send(challenge, { bundle, file }, { onProgress, signal }) {
      const answer = await api.upload(submitEnrolment, {
        params: { challengeId: challenge.id },
        body: { bundle: JSON.stringify(bundle) },
        file,
        onProgress,
        signal,
      })
      if (answer.outcome === 'refused') return answer
      cache.setQueryData(readKey(getEnrolment, {}), answer.enrolment)
      void cache.invalidateQueries({ queryKey: readKey(getStudentHome) })
      return { outcome: 'done', result: answer }
    },
  }
}
