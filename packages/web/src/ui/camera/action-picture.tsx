import classes from './action-picture.module.css'
import type { ActionName } from './action-watch.ts'

/** Each instruction as a small moving picture; a still one, with the same meaning, where motion is not wanted. */
export function ActionPicture({ action }: { action: ActionName }) {
  return (
    <svg className={classes.picture} data-action={action} viewBox="0 0 64 64" aria-hidden="true">
      {PICTURES[action]}
    </svg>
  )
}

const HEAD = <ellipse cx="32" cy="32" rx="17" ry="22" className={classes.line} />

const EYES = (
  <g>
    <circle cx="25" cy="28" r="2.6" className={classes.dot} />
    <circle cx="39" cy="28" r="2.6" className={classes.dot} />
  </g>
)

const MOUTH = <path d="M26 43h12" className={classes.line} />

/** The preview is a mirror: the student's own left is on the left of the screen. */
const PICTURES: Record<ActionName, React.ReactNode> = {
  blink: (
    <g>
      {HEAD}
      <g className={classes.openEyes}>{EYES}</g>
      <g className={classes.shutEyes}>
        <path d="M21 27q4 4 8 0M35 27q4 4 8 0" className={classes.line} />
      </g>
      {MOUTH}
    </g>
  ),
  'turn-left': (
    <g>
      {HEAD}
      <g className={classes.slideLeft}>
        {EYES}
        {MOUTH}
      </g>
      <path d="M8 20l-12 12 12 12" className={classes.arrow} />
    </g>
  ),
  'turn-right': (
    <g>
      {HEAD}
      <g className={classes.slideRight}>
        {EYES}
        {MOUTH}
      </g>
      <path d="M56 20l12 12-12 12" className={classes.arrow} />
    </g>
  ),
  'look-up': (
    <g>
      {HEAD}
      <g className={classes.slideUp}>
        {EYES}
        {MOUTH}
      </g>
      <path d="M52 20l5-7 5 7M57 13v16" className={classes.arrow} />
    </g>
  ),
  'look-down': (
    <g>
      {HEAD}
      <g className={classes.slideDown}>
        {EYES}
        {MOUTH}
      </g>
      <path d="M52 38l5 7 5-7M57 45V29" className={classes.arrow} />
    </g>
  ),
  'open-mouth': (
    <g>
      {HEAD}
      {EYES}
      <ellipse cx="32" cy="43" rx="6" ry="6" className={classes.openMouth} />
    </g>
  ),
  smile: (
    <g>
      {HEAD}
      {EYES}
      <path d="M23 40q9 10 18 0" className={classes.smile} />
    </g>
  ),
}
