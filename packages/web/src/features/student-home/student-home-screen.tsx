import { getStudentHome, type ResultOf } from '@app/contract'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { readOptions, useApi } from '../../api/use-api.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Notice, Skeletons } from '../../ui/states.tsx'
import { FacePrompt } from './face-prompt.tsx'
import { OpenSession } from './open-session.tsx'
import classes from './student-home.module.css'
import { SubjectRing } from './subject-ring.tsx'

/** Few have one at the moment they look: it is no part of what everybody waits for. */
const TodayList = lazy(() => import('./today-list.tsx'))

/** A session that has just been opened appears by itself within this time. */
const REFRESH_MS = 10_000

export function StudentHomeScreen() {
  const { t } = useTranslation('student')
  const home = useQuery({
    ...readOptions(useApi(), getStudentHome),
    refetchInterval: REFRESH_MS,
    refetchOnWindowFocus: 'always',
    refetchOnMount: 'always',
  })
  return (
    <Page title={t('home.title')} width="narrow">
      {home.data !== undefined ? (
        <Home home={home.data} />
      ) : home.isError ? (
        <ErrorState error={home.error} onRetry={() => void home.refetch()} />
      ) : (
        <Skeletons rows={3} height={160} />
      )}
    </Page>
  )
}

function Home({ home }: { home: ResultOf<typeof getStudentHome> }) {
  const { t } = useTranslation('student')
  const isSetUp = home.face === 'enrolled' || home.againBecause === 'allowed'
  const canUseFace = home.hasConsent && isSetUp
  return (
    <div className={classes.home}>
      <section aria-labelledby="now" className={classes.section}>
        <h2 id="now" className={classes.heading}>
          {t('home.now')}
        </h2>
        {home.open.length === 0 && <EmptyState title={t('home.none.title')} text={t('home.none.text')} />}
        {home.open.map((open) => (
          <OpenSession key={open.session.id} {...open} canUseFace={canUseFace} />
        ))}
      </section>

      {home.today.length > 0 && (
        <section aria-labelledby="today" className={classes.section}>
          <h2 id="today" className={classes.heading}>
            {t('home.today')}
          </h2>
          <Suspense fallback={<Skeletons rows={home.today.length} height={48} />}>
            <TodayList sessions={home.today} />
          </Suspense>
        </section>
      )}

      {home.face === 'held' ? (
        <Notice>{t('home.held')}</Notice>
      ) : (
        <FacePrompt face={home.face} againBecause={home.againBecause} />
      )}

      <section aria-labelledby="subjects" className={classes.section}>
        <h2 id="subjects" className={classes.heading}>
          {t('home.subjects')}
        </h2>
        {home.subjects.length === 0 ? (
          <EmptyState title={t('home.noSubjects.title')} text={t('home.noSubjects.text')} />
        ) : (
          <ul className={classes.subjects}>
            {home.subjects.map((subject) => (
              <SubjectRing key={subject.classId} subject={subject} />
            ))}
          </ul>
        )}
      </section>
    </div>
  )
}
