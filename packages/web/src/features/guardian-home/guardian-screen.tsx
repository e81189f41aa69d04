import { type GuardianStudent, listGuardianStudents } from '@app/contract'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { readOptions, useApi } from '../../api/use-api.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import classes from './guardian.module.css'
import { Records } from './records.tsx'

/** Who is marked now, and how each student is doing: a minute's age is new enough for whoever is not in the room. */
const REFRESH_MS = 60_000

export function GuardianScreen() {
  const { t } = useTranslation('guardian')
  const list = useQuery({ ...readOptions(useApi(), listGuardianStudents), refetchInterval: REFRESH_MS })
  return (
    <Page title={t('title')} width="narrow">
      {list.isPending && <Skeletons rows={2} height={240} />}
      {list.isError && list.data === undefined && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.students.length === 0 && <EmptyState title={t('empty.title')} text={t('empty.text')} />}
      <ul className={classes.students}>
        {list.data?.students.map((student) => (
          <Student key={student.personId} student={student} />
        ))}
      </ul>
    </Page>
  )
}

function Student({ student }: { student: GuardianStudent }) {
  const { t } = useTranslation('guardian')
  const { personId, fullName, rollNo, last } = student
  return (
    <li className={classes.student}>
      <div>
        <h2>{fullName}</h2>
        {rollNo !== null && <p className={classes.aside}>{rollNo}</p>}
      </div>
      <Open open={student.open} />
      <Subjects subjects={student.subjects} />
      <section>
        <h3>{t('last')}</h3>
        {last.length === 0 ? (
          <p className={classes.aside}>{t('noneYet')}</p>
        ) : (
          <Records records={last} label={t('last')} />
        )}
      </section>
      {last.length > 0 && (
        <ButtonLink
          variant="default"
          to="/guardian/$studentId"
          params={{ studentId: personId }}
          aria-label={t('historyOf', { name: fullName })}
        >
          {t('history')}
        </ButtonLink>
      )}
    </li>
  )
}

function Open({ open }: Pick<GuardianStudent, 'open'>) {
  const { t } = useTranslation('guardian')
  const { time } = useTimeFormat()
  return (
    <section>
      <h3>{t('now')}</h3>
      {open.length === 0 && <p className={classes.aside}>{t('nothingOpen')}</p>}
      <ul className={classes.rows}>
        {open.map(({ sessionId, subjectName, closesAt, mark }) => (
          <li key={sessionId} className={classes.row}>
            <div className={classes.what}>
              <p className={classes.subject}>{subjectName}</p>
              <p className={classes.aside}>{t('until', { time: time(closesAt) })}</p>
            </div>
            {mark === null ? (
              <span className={classes.aside}>{t('notMarked')}</span>
            ) : (
              <StatusBadge status={mark.status} />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Subjects({ subjects }: Pick<GuardianStudent, 'subjects'>) {
  const { t, i18n } = useTranslation('guardian')
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 })
  return (
    <section>
      <h3>{t('subjects')}</h3>
      {subjects.length === 0 && <p className={classes.aside}>{t('noSubjects')}</p>}
      <ul className={classes.rows}>
        {subjects.map(({ classId, subjectName, className, attended, counted, percentage, canMiss }) => (
          <li key={classId} className={classes.row}>
            <div className={classes.what}>
              <p className={classes.subject}>{subjectName}</p>
              <p className={classes.aside}>{className}</p>
              <p className={classes.aside}>
                {counted === 0 ? t('nothingCounted') : t('attended', { attended, counted })}
              </p>
              {percentage !== null && canMiss !== null && (
                <p>{canMiss > 0 ? t('canMiss', { count: canMiss }) : t('canMissNone')}</p>
              )}
            </div>
            <span className={classes.share} data-tight={percentage !== null && canMiss === 0}>
              {percentage === null ? '–' : percent.format(percentage / 100)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
