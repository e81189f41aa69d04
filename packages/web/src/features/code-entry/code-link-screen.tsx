import { checkInByCode, getStudentHistory, getStudentHome } from '@app/contract'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { isFailure } from '../../api/failure.ts'
import { useSend } from '../../api/use-api.tsx'
import { CameraPanel, SendRing } from '../../ui/camera/camera-panel.tsx'
import { CameraButton, CameraScreen } from '../../ui/camera/camera-screen.tsx'
import { MarkedScreen } from '../../ui/camera/marked-panel.tsx'
import { useFailureText } from '../../ui/use-failure-text.ts'
import { useOnce } from './use-once.ts'

/** The link inside the QR, opened by the phone's own camera app: marks in one go. */
export function CodeLinkScreen({ sessionId, code }: { sessionId: string; code: string }) {
  const { t } = useTranslation('check-in')
  const navigate = useNavigate()
  const mark = useSend(checkInByCode, { changes: [getStudentHome, getStudentHistory] })
  const words = useLinkWords(mark.error)
  /** Where a face is asked for, the code goes along: it shows who is in the room. */
  const send = () =>
    mark.mutate(
      { params: { sessionId }, body: { code } },
      {
        onError: (error) => {
          if (isFailure(error, 'face-needed', 'method-not-allowed-here'))
            void navigate({ to: '/check-in/$sessionId', params: { sessionId }, search: { code }, replace: true })
        },
      },
    )
  const goHome = () => void navigate({ to: '/home', replace: true })
  useOnce(send)

  if (mark.isSuccess) return <MarkedScreen marked={mark.data} onDone={goHome} />
  const isDone = isFailure(mark.error, 'already-done')
  const isOver =
    isDone || isFailure(mark.error, 'session-closed', 'session-cancelled', 'not-in-class', 'not-found', 'not-allowed')
  const mayHeal = isFailure(mark.error, 'offline', 'database-unavailable', 'broken')
  return (
    <CameraScreen
      title={t('checkIn')}
      said={words.text === undefined ? words.title : `${words.title}. ${words.text}`}
      onLeave={goHome}
      actions={
        mark.isError && (
          <>
            {mayHeal && (
              <CameraButton kind="first" onClick={send}>
                {t('tryAgain')}
              </CameraButton>
            )}
            {!isOver && (
              <CameraButton
                kind={mayHeal ? 'other' : 'first'}
                onClick={() => void navigate({ to: '/code/$sessionId', params: { sessionId }, replace: true })}
              >
                {t('code.again')}
              </CameraButton>
            )}
            <CameraButton kind={isOver ? 'first' : 'other'} onClick={goHome}>
              {t('goHome')}
            </CameraButton>
          </>
        )
      }
    >
      <CameraPanel
        tone={isDone ? 'good' : mark.isError ? 'warn' : 'plain'}
        sign={
          isDone ? (
            <IconCircleCheck size={72} stroke={1.5} />
          ) : mark.isError ? (
            <IconAlertTriangle size={72} stroke={1.5} />
          ) : (
            <SendRing part={null} />
          )
        }
        {...words}
      />
    </CameraScreen>
  )
}

function useLinkWords(error: unknown): { title: string; text: string | undefined } {
  const { t } = useTranslation('check-in')
  const failureText = useFailureText()
  if (error === null) return { title: t('code.marking'), text: undefined }
  if (isFailure(error, 'already-done'))
    return { title: t('problem.already-done.title'), text: t('problem.already-done.text') }
  if (isFailure(error, 'session-closed'))
    return { title: t('problem.session-closed.title'), text: t('problem.session-closed.text') }
  if (isFailure(error, 'code-wrong', 'code-expired'))
    return { title: t('code.expired.title'), text: t('code.expired.text') }
  return { title: t('code.notMarked'), text: failureText(error) }
}
