import type { SubjectSummary } from '@app/contract'
import { useTranslation } from 'react-i18next'
import classes from './student-home.module.css'

/** How one subject stands: the ring, the percentage, and what can still be missed. */
export function SubjectRing({ subject }: { subject: SubjectSummary }) {
  const { t, i18n } = useTranslation('student')
  const { percentage, canMiss } = subject
  const number = percentage === null ? '–' : new Intl.NumberFormat(i18n.language).format(percentage)
  const isTight = canMiss !== null && canMiss <= 0 && percentage !== null
  return (
    <li className={classes.ringRow}>
      <svg className={classes.ring} data-tight={isTight} viewBox="0 0 88 88" width="88" height="88" aria-hidden="true">
        <circle cx="44" cy="44" r="38" className={classes.ringTrack} />
        <circle
          cx="44"
          cy="44"
          r="38"
          pathLength="100"
          className={classes.ringPart}
          strokeDashoffset={100 - (percentage ?? 0)}
        />
        <text x="44" y="50" textAnchor="middle" className={classes.ringText}>
          {percentage === null ? number : t('home.percentage', { percentage: number })}
        </text>
      </svg>
      <div className={classes.ringWords}>
        <h3 className={classes.ringTitle}>{subject.subjectName}</h3>
        <p className={classes.aside}>{subject.className}</p>
        <p className={classes.aside}>
          {subject.counted === 0
            ? t('home.nothingCounted')
            : t('home.attended', { attended: subject.attended, counted: subject.counted })}
        </p>
        {canMiss !== null && percentage !== null && (
          <p className={classes.canMiss} data-tight={isTight}>
            {canMiss > 0 ? t('home.canMiss', { count: canMiss }) : t('home.canMissNone')}
          </p>
        )}
      </div>
    </li>
  )
}
