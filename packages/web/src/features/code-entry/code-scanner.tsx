import { IconCameraOff } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { CameraPanel } from '../../ui/camera/camera-panel.tsx'
import { CameraButton, CameraScreen } from '../../ui/camera/camera-screen.tsx'
import classes from './code-entry.module.css'
import type { ReadCode } from './read-code.ts'
import { type ScannerState, useCodeScanner } from './use-code-scanner.ts'

/** The app's own scanner, for phones whose camera app does not read codes. */
export function CodeScanner({ onRead, onLeave }: { onRead: (read: ReadCode) => void; onLeave: () => void }) {
  const { t } = useTranslation('check-in')
  const video = useRef<HTMLVideoElement>(null)
  const { state, again } = useCodeScanner(video, onRead)
  const words = useScannerWords(state)
  const isStuck = state.kind === 'no-camera' || state.kind === 'broken'
  return (
    <CameraScreen
      title={t('code.scannerTitle')}
      said={words.text === undefined ? words.title : `${words.title}. ${words.text}`}
      onLeave={onLeave}
      behind={
        !isStuck && <video ref={video} className={classes.preview} playsInline muted aria-hidden="true" tabIndex={-1} />
      }
      actions={
        <>
          {isStuck && (
            <CameraButton kind="first" onClick={again}>
              {t('tryAgain')}
            </CameraButton>
          )}
          <CameraButton kind="other" onClick={onLeave}>
            {t('code.type')}
          </CameraButton>
        </>
      }
    >
      {isStuck ? (
        <CameraPanel tone="warn" sign={<IconCameraOff size={72} stroke={1.5} />} {...words} />
      ) : (
        <>
          <p className={classes.words}>{words.title}</p>
          <div className={classes.window}>
            <div className={classes.target} />
          </div>
        </>
      )}
    </CameraScreen>
  )
}

function useScannerWords(state: ScannerState): { title: string; text: string | undefined } {
  const { t } = useTranslation('check-in')
  switch (state.kind) {
    case 'opening':
      return { title: t('code.opening'), text: undefined }
    case 'looking':
      return { title: state.sawOther ? t('code.notACode') : t('code.scanning'), text: undefined }
    case 'no-camera':
      return { title: t(`camera.${state.problem}.title`), text: t(`camera.${state.problem}.text`) }
    case 'broken':
      return { title: t('code.scannerFailed.title'), text: t('code.scannerFailed.text') }
  }
}
