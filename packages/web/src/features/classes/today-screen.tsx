import { getTeachersToday, listClasses, type SessionState, type SessionView } from '@app/contract'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { readOptions, useApi, useMe, useRead } from '../../api/use-api.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { StartNow } from './start-now.tsx'
import styles from './today-screen.module.css'
import { TodaySession } from './today-session.tsx'

/** What others start or plan meanwhile appears by itself within this time. */
const REFRESH_MS = 30_000

const GROUPS: readonly { key: 'now' | 'next' | 'missed' | 'done'; states: readonly SessionState[] }[] = [
  { key: 'now', states: ['open', 'paused'] },
  { key: 'next', states: ['planned'] },
  { key: 'missed', states: ['missed'] },
  { key: 'done', states: ['ended', 'cancelled'] },
]

/** A teacher's day: what runs, what comes, what was not taken; and every class one tap from being started. */
export function TodayScreen() {
  const { t } = useTranslation('sessions')
  const today = useQuery({ ...readOptions(useApi(), getTeachersToday), refetchInterval: REFRESH_MS })
  return (
    <Page title={t('today.title')}>
      <div className={styles.today}>
        {today.data !== undefined ? (
          <Sessions sessions={today.data.sessions} />
        ) : today.isError ? (
          <ErrorState error={today.error} onRetry={() => void today.refetch()} />
        ) : (
          <Skeletons rows={2} height={96} />
        )}
        <OwnClasses />
      </div>
    </Page>
  )
}

function Sessions({ sessions }: { sessions: readonly SessionView[] }) {
  const { t } = useTranslation('sessions')
  if (sessions.length === 0) return <EmptyState title={t('today.empty')} text={t('today.emptyText')} />
  // The one that is most likely meant is the big one.
  const first = sessions.find(({ state, canStart }) => state === 'planned' && canStart)
  const isBusy = sessions.some(({ state }) => state === 'open' || state === 'paused')
  return GROUPS.map(({ key, states }) => {
    const shown = sessions.filter(({ state }) => states.includes(state))
    if (shown.length === 0) return null
    return (
      <section key={key} aria-labelledby={`today-${key}`}>
        <h2 id={`today-${key}`} className={styles.heading}>
          {t(`today.${key}`)}
        </h2>
        {key === 'missed' && <p className={styles.hint}>{t('today.missedHint')}</p>}
        <ul className={styles.list}>
          {shown.map((session) => (
            <TodaySession key={session.id} session={session} isFirst={session === first && !isBusy} />
          ))}
        </ul>
      </section>
    )
  })
}

function OwnClasses() {
  const { t } = useTranslation('sessions')
  const { personId } = useMe()
  const list = useRead(listClasses)
  if (list.isPending) return <Skeletons rows={2} height={64} />
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const own = list.data.classes.filter(({ teachers }) => teachers.some((teacher) => teacher.personId === personId))
  if (own.length === 0) {
    return (
      <EmptyState
        title={t('today.noClasses')}
        text={t('today.noClassesText')}
        action={<ButtonLink to="/classes">{t('today.toClasses')}</ButtonLink>}
      />
    )
  }
  const idle = own.filter(({ openSessionId }) => openSessionId === null)
  if (idle.length === 0) return null
  return (
    <section aria-labelledby="today-classes">
      <h2 id="today-classes" className={styles.heading}>
        {t('today.classes')}
      </h2>
      <ul className={styles.list}>
        {idle.map((summary) => (
          <li key={summary.id} className={styles.row}>
            <div className={styles.words}>
              <span className={styles.name}>{summary.name}</span>
              <span className={styles.aside}>
                {summary.subject.name} · {t('today.students', { count: summary.studentCount })}
              </span>
            </div>
            <StartNow summary={summary} />
          </li>
        ))}
      </ul>
    </section>
  )
}
