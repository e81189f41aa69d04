import { getOverview, MISSED_DAYS, type OverviewView } from '@app/contract'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe, useRead } from '../../api/use-api.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { Figure, toLacking, toList, toPeople } from './figure.tsx'
import classes from './figures.module.css'
import { useLowAttendance } from './use-low-attendance.ts'

/** What an administrator should know of; each number leads to the list behind it. */
export function OverviewScreen() {
  const { t } = useTranslation('overview')
  const { institution } = useMe()
  const overview = useRead(getOverview)
  return (
    <Page title={t('title')} lead={t('lead', { institution: institution.name })}>
      {overview.isPending && <Skeletons rows={3} height={160} />}
      {overview.isError && <ErrorState error={overview.error} onRetry={() => void overview.refetch()} />}
      {overview.data && <Overview overview={overview.data} />}
    </Page>
  )
}

function Overview({ overview }: { overview: OverviewView }) {
  const { t } = useTranslation('overview')
  return (
    <div className={classes.groups}>
      <Waiting overview={overview} />
      {overview.students.total === 0 ? (
        <EmptyState
          title={t('start.title')}
          text={t('start.text')}
          action={<ButtonLink to="/classes">{t('toClasses')}</ButtonLink>}
        />
      ) : (
        <Students students={overview.students} />
      )}
      <Silent silent={overview.silent} />
      <Classes overview={overview} />
    </div>
  )
}

function Group({ id, title, hint, children }: { id: string; title: string; hint?: string; children: ReactNode }) {
  return (
    <section className={classes.group} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {hint !== undefined && <p className={classes.hint}>{hint}</p>}
      {children}
    </section>
  )
}

function Waiting({ overview: { waitingTeachers, enrolmentHolds } }: { overview: OverviewView }) {
  const { t } = useTranslation('overview')
  if (waitingTeachers + enrolmentHolds === 0)
    return (
      <Group id="waiting" title={t('waiting')}>
        <p className={classes.hint}>{t('nothingWaits')}</p>
      </Group>
    )
  return (
    <Group id="waiting" title={t('waiting')}>
      <ul className={classes.list}>
        <Figure
          label={t('waitingTeachers', { count: waitingTeachers })}
          number={waitingTeachers}
          calls
          link={toList('/staff')}
        />
        <Figure
          label={t('holds', { count: enrolmentHolds })}
          number={enrolmentHolds}
          calls
          link={toList('/enrolment-holds')}
        />
      </ul>
    </Group>
  )
}

function Students({ students }: { students: OverviewView['students'] }) {
  const { t } = useTranslation('overview')
  const { total, active, invited, enrolled, consented } = students
  return (
    <Group id="students" title={t('students')}>
      <ul className={classes.list}>
        <Figure label={t('total')} number={total} link={toPeople({ role: 'student' })} />
        <Figure label={t('active')} number={active} of={total} link={toPeople({ role: 'student', status: 'active' })} />
        <Figure
          label={t('invited')}
          number={invited}
          of={total}
          link={toPeople({ role: 'student', status: 'invited' })}
        />
        <Figure
          label={t('enrolled')}
          number={enrolled}
          of={total}
          link={toPeople({ role: 'student', face: 'enrolled' })}
        />
        <Figure
          label={t('notEnrolled')}
          number={total - enrolled}
          of={total}
          link={toPeople({ role: 'student', face: 'none' })}
        />
        <Figure
          label={t('consented')}
          number={consented}
          of={total}
          link={toPeople({ role: 'student', consent: 'given' })}
        />
        <Figure
          label={t('notConsented')}
          number={total - consented}
          of={total}
          link={toPeople({ role: 'student', consent: 'none' })}
        />
      </ul>
    </Group>
  )
}

function Silent({ silent }: { silent: OverviewView['silent'] }) {
  const { t } = useTranslation('overview')
  return (
    <Group id="silent" title={t('silent')} hint={t('silentHint')}>
      <ul className={classes.list}>
        <Figure
          label={t('neverInvited')}
          number={silent.neverInvited}
          calls
          link={toPeople({ silent: 'never-invited' })}
        />
        <Figure label={t('week')} number={silent.week} link={toPeople({ silent: 'week' })} />
        <Figure label={t('month')} number={silent.month} calls link={toPeople({ silent: 'month' })} />
        <Figure label={t('longer')} number={silent.longer} calls link={toPeople({ silent: 'longer' })} />
      </ul>
    </Group>
  )
}

function Classes({ overview: { classes: counts, missedSessions } }: { overview: OverviewView }) {
  const { t } = useTranslation('overview')
  return (
    <Group id="classes" title={t('classes')}>
      <ul className={classes.list}>
        <Figure label={t('classTotal')} number={counts.total} link={toList('/classes')} />
        <Figure label={t('withoutTeacher')} number={counts.withoutTeacher} calls link={toLacking('teacher')} />
        <Figure label={t('withoutStudents')} number={counts.withoutStudents} calls link={toLacking('students')} />
        <Figure
          label={t('missed', { days: MISSED_DAYS })}
          number={missedSessions}
          calls
          link={toList('/overview/missed-sessions')}
        />
        <LowAttendance />
      </ul>
    </Group>
  )
}

/** Counted apart: over a million marks it takes a second, and nothing else waits for it. */
function LowAttendance() {
  const { t } = useTranslation('overview')
  const low = useLowAttendance()
  const total = low.data?.pages[0]?.total
  return <Figure label={t('belowMinimum')} number={total ?? null} calls link={toList('/overview/low-attendance')} />
}
