import type { checkInByCode, ResultOf } from '@app/contract'
import { useTranslation } from 'react-i18next'
import { useTimeFormat } from '../time.tsx'
import { CameraPanel, DrawnTick } from './camera-panel.tsx'
import { CameraButton, CameraScreen } from './camera-screen.tsx'
import { useAfter } from './use-after.ts'

export type Marked = ResultOf<typeof checkInByCode>

/** Long enough to be read, short enough to pocket the phone. */
const SHOWN_MS = 2_000

/** The tick, the class, the time; gone in two seconds. */
export function MarkedPanel({ marked, onDone }: { marked: Marked; onDone: () => void }) {
  const { t } = useTranslation(['check-in', 'shell'])
  const { time } = useTimeFormat()
  useAfter(SHOWN_MS, onDone)
  return (
    <CameraPanel
      tone="good"
      sign={<DrawnTick />}
      title={t(`shell:status.${marked.status}`)}
      text={t('check-in:done.at', {
        subjectName: marked.session.subjectName,
        className: marked.session.className,
        time: time(marked.markedAt),
      })}
    />
  )
}

/** For those who do not want to wait two seconds. */
export function MarkedActions({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('check-in')
  return (
    <CameraButton kind="other" onClick={onDone}>
      {t('done.home')}
    </CameraButton>
  )
}

/** The same in one sentence, for those who hear it. */
export function useMarkedSentence(): (marked: Marked) => string {
  const { t } = useTranslation(['check-in', 'shell'])
  const { time } = useTimeFormat()
  return ({ status, session, markedAt }) =>
    `${t('check-in:done.title', { status: t(`shell:status.${status}`) })}. ${t('check-in:done.at', { subjectName: session.subjectName, className: session.className, time: time(markedAt) })}`
}

/** The same on a screen of its own, for those who came by code. */
export function MarkedScreen({ marked, onDone }: { marked: Marked; onDone: () => void }) {
  const { t } = useTranslation('check-in')
  const markedSentence = useMarkedSentence()
  return (
    <CameraScreen
      title={t('checkIn')}
      said={markedSentence(marked)}
      onLeave={onDone}
      actions={<MarkedActions onDone={onDone} />}
    >
      <MarkedPanel marked={marked} onDone={onDone} />
    </CameraScreen>
  )
}
