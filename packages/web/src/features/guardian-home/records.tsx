import type { GuardianRecord } from '@app/contract'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import classes from './guardian.module.css'

/** Sessions with their mark, as they come. */
export function Records({ records, label }: { records: readonly GuardianRecord[]; label: string }) {
  const { dayAndTime, full } = useTimeFormat()
  return (
    <ul className={classes.rows} aria-label={label}>
      {records.map(({ sessionId, subjectName, className, opensAt, status }) => (
        <li key={sessionId} className={classes.row}>
          <div className={classes.what}>
            <p className={classes.subject}>{subjectName}</p>
            <p className={classes.aside}>{className}</p>
            <time dateTime={opensAt} title={full(opensAt)} className={classes.aside}>
              {dayAndTime(opensAt)}
            </time>
          </div>
          <StatusBadge status={status} />
        </li>
      ))}
    </ul>
  )
}
