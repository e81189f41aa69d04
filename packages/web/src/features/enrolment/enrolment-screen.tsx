import { type EnrolmentView, getEnrolment } from '@app/contract'
import { Navigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/use-api.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { FlashSetting } from '../../ui/camera/flash-setting.tsx'
import { Page } from '../../ui/page.tsx'
import { ErrorState, Skeletons } from '../../ui/states.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import classes from './enrolment.module.css'
import { EnrolmentAttempt } from './enrolment-attempt.tsx'

/** Setting up one's face: after the agreement, once, or again where that is allowed. */
export function EnrolmentScreen() {
  const { t } = useTranslation('student')
  const enrolment = useRead(getEnrolment)
  if (enrolment.data !== undefined) return <Enrolment enrolment={enrolment.data} />
  return (
    <Page title={t('enrolment.title')} width="narrow">
      {enrolment.isError ? (
        <ErrorState error={enrolment.error} onRetry={() => void enrolment.refetch()} />
      ) : (
        <Skeletons />
      )}
    </Page>
  )
}

function Enrolment({ enrolment }: { enrolment: EnrolmentView }) {
  const { consent, face } = enrolment
  // A try that has begun is not taken away when the answer in the cache changes under it.
  const [isTrying] = useState(face === 'none' || face === 'may-enrol-again')
  if (consent.givenVersion !== consent.currentVersion) return <Navigate to="/consent" replace />
  if (isTrying) return <EnrolmentAttempt retentionDays={consent.retentionDays} />
  if (face === 'held') return <Waiting state="held" />
  if (face === 'needs-approval') return <Waiting state="needsApproval" />
  return <Enrolled enrolledAt={enrolment.enrolledAt} />
}

function Enrolled({ enrolledAt }: { enrolledAt: string | null }) {
  const { t } = useTranslation('student')
  const { day } = useTimeFormat()
  return (
    <Page
      title={t('enrolment.enrolled.title')}
      lead={enrolledAt === null ? undefined : t('enrolment.enrolled.since', { date: day(enrolledAt) })}
      width="narrow"
    >
      <div className={classes.state}>
        <p className={classes.text}>{t('enrolment.enrolled.text')}</p>
        <FlashSetting />
        <ButtonLink fullWidth size="lg" to="/home">
          {t('enrolment.heldNow.action')}
        </ButtonLink>
        <ButtonLink fullWidth size="lg" variant="default" to="/consent">
          {t('enrolment.enrolled.agreement')}
        </ButtonLink>
      </div>
    </Page>
  )
}

/** Somebody else has to act first. */
function Waiting({ state }: { state: 'held' | 'needsApproval' }) {
  const { t } = useTranslation('student')
  return (
    <Page title={t(`enrolment.${state}.title`)} width="narrow">
      <div className={classes.state}>
        <p className={classes.text}>{t(`enrolment.${state}.text`)}</p>
        <ButtonLink fullWidth size="lg" to="/home">
          {t('enrolment.heldNow.action')}
        </ButtonLink>
        <ButtonLink fullWidth size="lg" variant="default" to="/consent">
          {t('enrolment.enrolled.agreement')}
        </ButtonLink>
      </div>
    </Page>
  )
}
