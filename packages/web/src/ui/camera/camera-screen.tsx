import { VisuallyHidden } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './camera-screen.module.css'
import { useAlone } from './use-alone.ts'

type CameraScreenProps = {
  title: string
  /** What has just changed, for those who do not see it. */
  said: string
  onLeave: () => void
  /** Buttons at the top, beside the one to leave. */
  tools?: ReactNode
  /** What fills the screen under everything else: the picture of the camera. */
  behind?: ReactNode
  /** Buttons within the thumb's reach. */
  actions?: ReactNode
  children: ReactNode
}

/** The dark, full screen that everything about the camera happens in, in either theme. */
export function CameraScreen({ title, said, onLeave, tools, behind, actions, children }: CameraScreenProps) {
  const { t } = useTranslation(['check-in', 'shell'])
  const screen = useRef<HTMLDivElement>(null)
  useAlone(screen)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape leaves, from wherever the focus is inside
    <div
      ref={screen}
      tabIndex={-1}
      className={classes.screen}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onLeave()
      }}
    >
      <title>{t('shell:titleOf', { page: title })}</title>
      {behind}
      <header className={classes.top}>
        <CameraTool label={t('check-in:leave')} onClick={onLeave}>
          <IconX aria-hidden size={24} />
        </CameraTool>
        <h1 className={classes.title}>{title}</h1>
        <div className={classes.tools}>{tools}</div>
      </header>
      <div className={classes.content}>{children}</div>
      <div className={classes.actions}>{actions}</div>
      <VisuallyHidden role="status" aria-live="polite">
        {said}
      </VisuallyHidden>
    </div>
  )
}

/** A round button at the top; with `isPressed` it is one that stays on. */
export function CameraTool({
  label,
  isPressed,
  onClick,
  children,
}: {
  label: string
  isPressed?: boolean
  onClick: () => void
  children: ReactNode
}) {
  return (
    <button type="button" className={classes.tool} aria-label={label} aria-pressed={isPressed} onClick={onClick}>
      {children}
    </button>
  )
}

type CameraButtonProps = { kind: 'first' | 'other'; onClick: () => void; disabled?: boolean; children: ReactNode }

/** The buttons of this screen: one that leads on, the others its equals in size. */
export function CameraButton({ kind, onClick, disabled = false, children }: CameraButtonProps) {
  return (
    <button type="button" className={classes.button} data-kind={kind} onClick={onClick} disabled={disabled}>
      {children}
    </button>
  )
}
