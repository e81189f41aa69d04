import type { getStudentHome, ResultOf } from '@app/contract'
import { IconFaceId, IconQrcode } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../../ui/button-link.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { useNow, useTimeFormat } from '../../ui/time.tsx'
import classes from './student-home.module.css'

type Open = ResultOf<typeof getStudentHome>['open'][number]

/** What is open now: one big button, or the mark once it is there. */
export function OpenSession({ session, mark, spotCheckDueAt, canUseFace }: Open & { canUseFace: boolean }) {
  const { t } = useTranslation(['student', 'shell'])
  const { time } = useTimeFormat()
  const now = useNow(15_000)
  const isLate = now.getTime() >= Date.parse(session.lateAfter)
  const until = time(session.closesAt)
  return (
    <article className={classes.open} data-done={mark !== null}>
      <div>
        <h3 className={classes.title}>{session.subjectName}</h3>
        <p className={classes.aside}>{session.className}</p>
      </div>
      {session.state === 'paused' && <p className={classes.until}>{t('student:home.paused')}</p>}
      {mark === null && session.isOpen && (
        <>
          <p className={classes.until} data-late={isLate}>
            {isLate ? t('student:home.lateNow', { time: until }) : t('student:home.until', { time: until })}
          </p>
          <WaysIn session={session} canUseFace={canUseFace} />
        </>
      )}
      {mark !== null && (
        <p className={classes.mark}>
          <StatusBadge status={mark.status} />
          <span>
            {t('student:home.marked', { method: t(`shell:method.${mark.method}`), time: time(mark.markedAt) })}
          </span>
        </p>
      )}
      {spotCheckDueAt !== null && now.getTime() < Date.parse(spotCheckDueAt) && (
        <>
          <p className={classes.until} data-late role="alert">
            {t('student:home.spotCheck', { time: time(spotCheckDueAt) })}
          </p>
          <WaysIn session={session} canUseFace={canUseFace} />
        </>
      )}
    </article>
  )
}

/** By face where the session and the student allow it, else by code; the other way stands below, as a choice. */
function WaysIn({ session, canUseFace }: { session: Open['session']; canUseFace: boolean }) {
  const { t } = useTranslation('student')
  const byFace = canUseFace && session.methods.includes('face')
  const byCode = session.methods.includes('code') || !byFace
  const params = { sessionId: session.id }
  return (
    <div className={classes.ways}>
      {byFace && (
        <ButtonLink
          size="xl"
          fullWidth
          leftSection={<IconFaceId aria-hidden size={28} />}
          aria-label={t('home.checkInTo', { className: session.subjectName })}
          to="/check-in/$sessionId"
          params={params}
        >
          {t('home.checkIn')}
        </ButtonLink>
      )}
      {byCode && (
        <ButtonLink
          size={byFace ? 'lg' : 'xl'}
          variant={byFace ? 'default' : 'filled'}
          fullWidth
          leftSection={<IconQrcode aria-hidden size={24} />}
          to="/code/$sessionId"
          params={params}
        >
          {t('home.byCode')}
        </ButtonLink>
      )}
    </div>
  )
}
