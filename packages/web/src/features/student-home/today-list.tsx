import type { getStudentHome, ResultOf } from '@app/contract'
import { useTranslation } from 'react-i18next'
import { useTimeFormat } from '../../ui/time.tsx'
import classes from './today-list.module.css'

type TodayListProps = { sessions: ResultOf<typeof getStudentHome>['today'] }

/** What is still to come today, where, and what of it is cancelled. */
export default function TodayList({ sessions }: TodayListProps) {
  const { t } = useTranslation('student')
  const { time } = useTimeFormat()
  return (
    <ul className={classes.list}>
      {sessions.map(({ id, subjectName, className, opensAt, closesAt, room, cancelled }) => (
        <li key={id} className={classes.row} data-cancelled={cancelled !== null}>
          <span className={classes.time}>
            {time(opensAt)} – {time(closesAt)}
          </span>
          <span className={classes.what}>
            <span className={classes.title}>{subjectName}</span>
            <span className={classes.aside}>{room === null ? className : `${className} · ${room}`}</span>
            {cancelled !== null && (
              <span className={classes.aside}>{t('home.cancelled', { reason: cancelled.because })}</span>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}
