import type { ReactNode } from 'react'
import classes from './camera-panel.module.css'

type CameraPanelProps = {
  /** A picture above the words; it says nothing that they do not. */
  sign?: ReactNode
  tone?: 'plain' | 'good' | 'warn'
  title: string
  text?: string | undefined
  children?: ReactNode
}

/** What is said between two looks at the camera: an answer, a wait, a way out. */
export function CameraPanel({ sign, tone = 'plain', title, text, children }: CameraPanelProps) {
  return (
    <div className={classes.panel}>
      {sign !== undefined && (
        <div className={classes.sign} data-tone={tone} aria-hidden="true">
          {sign}
        </div>
      )}
      <h2 className={classes.title}>{title}</h2>
      {text !== undefined && <p className={classes.text}>{text}</p>}
      {children}
    </div>
  )
}

/** A tick that is drawn once. */
export function DrawnTick() {
  return (
    <svg className={classes.tick} viewBox="0 0 96 96" width="96" height="96" aria-hidden="true">
      <circle cx="48" cy="48" r="44" />
      <path d="M28 49l14 14 27-30" pathLength="1" />
    </svg>
  )
}

/** How much has been sent; without an end while the server thinks. */
export function SendRing({ part }: { part: number | null }) {
  return (
    <svg
      className={classes.send}
      data-open={part === null}
      viewBox="0 0 96 96"
      width="96"
      height="96"
      aria-hidden="true"
    >
      <circle cx="48" cy="48" r="42" className={classes.sendTrack} />
      <circle
        cx="48"
        cy="48"
        r="42"
        pathLength="100"
        className={classes.sendPart}
        strokeDashoffset={100 - 100 * (part ?? 0.25)}
      />
    </svg>
  )
}
