import { type EnrolmentView, getEnrolment, getStudentHome, giveConsent, withdrawConsent } from '@app/contract'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readKey, useRead, useSend } from '../../api/use-api.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { FlashSetting } from '../../ui/camera/flash-setting.tsx'
import { Page } from '../../ui/page.tsx'
import { ErrorNotice, ErrorState, Notice, Skeletons } from '../../ui/states.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import classes from './consent.module.css'

/** The notice, and the decision about it: to agree, not to, or to take it back. */
export function ConsentScreen() {
  const { t } = useTranslation('student')
  const enrolment = useRead(getEnrolment)
  return (
    <Page title={t('consent.title')} lead={t('consent.lead')} width="narrow">
      {enrolment.data !== undefined ? (
        <Consent enrolment={enrolment.data} />
      ) : enrolment.isError ? (
        <ErrorState error={enrolment.error} onRetry={() => void enrolment.refetch()} />
      ) : (
        <Skeletons rows={5} height={88} />
      )}
    </Page>
  )
}

function Consent({ enrolment: { consent, face } }: { enrolment: EnrolmentView }) {
  const { t } = useTranslation('student')
  const [hasWithdrawn, setHasWithdrawn] = useState(false)
  const announce = useAnnounce()
  const showWithdrawn = () => {
    setHasWithdrawn(true)
    announce(t('consent.withdraw.done'))
  }
  const hasAgreed = consent.givenVersion === consent.currentVersion
  return (
    <div className={classes.consent}>
      {consent.givenVersion !== null && !hasAgreed && <Notice>{t('consent.changed')}</Notice>}
      <ConsentNotice consent={consent} />
      <FlashSetting />
      {hasWithdrawn && !hasAgreed && <Notice>{t('consent.withdraw.done')}</Notice>}
      {hasAgreed ? (
        <Agreed consent={consent} face={face} onWithdrawn={showWithdrawn} />
      ) : (
        <Decision version={consent.currentVersion} onAgreed={() => setHasWithdrawn(false)} />
      )}
    </div>
  )
}

const POINTS = ['purpose', 'taken', 'kept', 'term', 'without'] as const

function ConsentNotice({ consent }: { consent: EnrolmentView['consent'] }) {
  const { t } = useTranslation('student')
  return (
    <article className={classes.notice}>
      {POINTS.map((point) => (
        <section key={point} data-point={point}>
          <h2 className={classes.heading}>{t(`consent.${point}.title`)}</h2>
          <p className={classes.text}>
            {point === 'term' ? t('consent.term.text', { count: consent.retentionDays }) : t(`consent.${point}.text`)}
          </p>
        </section>
      ))}
      <p className={classes.text}>{t('consent.minor')}</p>
      <p className={classes.version}>{t('consent.version', { version: consent.currentVersion })}</p>
    </article>
  )
}

function Decision({ version, onAgreed }: { version: string; onAgreed: () => void }) {
  const { t } = useTranslation('student')
  const navigate = useNavigate()
  const cache = useQueryClient()
  const agree = useSend(giveConsent, { changes: [getStudentHome] })
  const send = () =>
    agree.mutate(
      { body: { version } },
      {
        onSuccess: (enrolment) => {
          // The next page sends back here whoever has not agreed: it has to know at once.
          cache.setQueryData(readKey(getEnrolment, {}), enrolment)
          onAgreed()
          void navigate({ to: '/enrol' })
        },
      },
    )
  return (
    <div className={classes.actions}>
      <ErrorNotice error={agree.error} />
      <Button size="lg" fullWidth loading={agree.isPending} onClick={send}>
        {t('consent.agree')}
      </Button>
      <ButtonLink size="lg" fullWidth variant="default" to="/home">
        {t('consent.notNow')}
      </ButtonLink>
    </div>
  )
}

type AgreedProps = { consent: EnrolmentView['consent']; face: EnrolmentView['face']; onWithdrawn: () => void }

function Agreed({ consent, face, onWithdrawn }: AgreedProps) {
  const { t } = useTranslation('student')
  const { day } = useTimeFormat()
  return (
    <div className={classes.actions}>
      {consent.givenAt !== null && <Notice>{t('consent.given', { date: day(consent.givenAt) })}</Notice>}
      {(face === 'none' || face === 'may-enrol-again') && (
        <ButtonLink size="lg" fullWidth to="/enrol">
          {t('consent.setUp')}
        </ButtonLink>
      )}
      <Withdraw onWithdrawn={onWithdrawn} />
    </div>
  )
}

/** Two taps: the first says what will happen. */
function Withdraw({ onWithdrawn }: { onWithdrawn: () => void }) {
  const { t } = useTranslation('student')
  const [isAsking, setIsAsking] = useState(false)
  const withdraw = useSend(withdrawConsent, { changes: [getEnrolment, getStudentHome] })
  return (
    <section className={classes.withdraw} aria-labelledby="withdraw">
      <h2 id="withdraw" className={classes.heading}>
        {t('consent.withdraw.title')}
      </h2>
      <p className={classes.text}>{isAsking ? t('consent.withdraw.what') : t('consent.withdraw.text')}</p>
      <ErrorNotice error={withdraw.error} />
      {isAsking ? (
        <div className={classes.pair}>
          <Button
            color="red.8"
            loading={withdraw.isPending}
            onClick={() => withdraw.mutate({}, { onSuccess: onWithdrawn })}
          >
            {t('consent.withdraw.confirm')}
          </Button>
          <Button variant="default" onClick={() => setIsAsking(false)}>
            {t('consent.withdraw.keep')}
          </Button>
        </div>
      ) : (
        <Button variant="default" onClick={() => setIsAsking(true)}>
          {t('consent.withdraw.open')}
        </Button>
      )}
    </section>
  )
}
