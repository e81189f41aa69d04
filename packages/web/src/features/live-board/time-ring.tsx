import classes from './time-ring.module.css'

const LENGTH = 2 * Math.PI * 44

/** A ring that empties until the next code. */
export function TimeRing({ part, seconds }: { part: number; seconds: number }) {
  return (
    <svg viewBox="0 0 100 100" className={classes.ring} aria-hidden="true">
      <circle cx="50" cy="50" r="44" className={classes.track} />
      <circle
        cx="50"
        cy="50"
        r="44"
        className={classes.left}
        strokeDasharray={LENGTH}
        strokeDashoffset={LENGTH * (1 - part)}
        transform="rotate(-90 50 50)"
      />
      <text x="50" y="50" dy="0.36em" textAnchor="middle" className={classes.seconds}>
        {seconds}
      </text>
    </svg>
  )
}
