import type { AttendanceStatus } from '@app/contract'
import { useTranslation } from 'react-i18next'
import classes from './status-badge.module.css'

/** Each status has a shape of its own, so that it is told without colour and from the last row. */
export function StatusShape({ status, size = 18 }: { status: AttendanceStatus; size?: number }) {
  return (
    <svg
      className={classes.shape}
      data-status={status}
      viewBox="0 0 20 20"
      width={size}
      height={size}
      aria-hidden="true"
    >
      {SHAPES[status]}
    </svg>
  )
}

const SHAPES = {
  present: (
    <>
      <circle cx="10" cy="10" r="9" fill="currentColor" />
      <path d="M5.800 10.300l2.900 2.900 5.500-6.200" className={classes.mark} />
    </>
  ),
  late: (
    <>
      <circle cx="10" cy="10" r="8" className={classes.line} />
      <path d="M10 5.500V10l3 2.500" className={classes.line} />
    </>
  ),
  absent: <path d="M4.500 4.500l11 11M15.500 4.500l-11 11" className={classes.line} />,
  excused: <path d="M10 1.500l8.500 8.500-8.500 8.500L1.500 10z" className={classes.line} />,
} as const

/** Colour, shape and word of a status; `label` is the institution's own word for it. */
export function StatusBadge({ status, label }: { status: AttendanceStatus; label?: string }) {
  const { t } = useTranslation()
  return (
    <span className={classes.badge} data-status={status}>
      <StatusShape status={status} />
      {label ?? t(`status.${status}`)}
    </span>
  )
}
