import type { ChallengeView, PresenceProof, SessionView } from '@app/contract'
import { Button, Text, Title } from '@mantine/core'
import { IconCircleCheck, IconMapPin, IconQrcode, IconWifi } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Page } from '../../ui/page.tsx'
import { Notice, Skeletons } from '../../ui/states.tsx'
import { useFailureText } from '../../ui/use-failure-text.ts'
import { CodeField } from './code-field.tsx'
import { CodeScanner } from './code-scanner.tsx'
import classes from './presence-screen.module.css'
import { usePresence } from './use-presence.ts'

export type PresenceScreenProps = {
  session: SessionView
  code: string | null
  onReady: (challenge: ChallengeView) => void
  onNoChallenge: () => void
}

type Presence = ReturnType<typeof usePresence>

/** What a class asks beside the face, before the camera opens. */
export function PresenceScreen({ session, ...options }: PresenceScreenProps) {
  const { t } = useTranslation('presence')
  const presence = usePresence({ sessionId: session.id, ...options })
  const [isScanning, setIsScanning] = useState(false)
  if (isScanning) {
    return (
      <CodeScanner
        onRead={({ code }) => {
          setIsScanning(false)
          presence.showCode(code)
        }}
        onLeave={() => setIsScanning(false)}
      />
    )
  }
  const { needs, proofs, isDemanded } = presence.presence ?? { ...session.presence, isDemanded: true }
  return (
    <Page
      title={t('title')}
      lead={`${session.subjectName}, ${session.className}. ${t('lead')} ${t(proofs.length > 1 ? needs : 'all')}`}
      width="narrow"
    >
      {presence.presence === null ? (
        <Skeletons rows={2} height={120} />
      ) : (
        <div className={classes.steps}>
          {presence.tookTooLong && <Notice>{t('again')}</Notice>}
          {proofs.includes('room-code') && <CodeStep presence={presence} onScan={() => setIsScanning(true)} />}
          {proofs.includes('network') && <NetworkStep presence={presence} />}
          {proofs.includes('geofence') && <PlaceStep presence={presence} />}
          {!isDemanded && (
            <div className={classes.without}>
              <Text c="dimmed">{t('withoutHint')}</Text>
              <Button variant="default" size="lg" fullWidth onClick={presence.goOn}>
                {t('without')}
              </Button>
            </div>
          )}
          {session.methods.includes('code') && (
            <ButtonLink variant="default" size="lg" fullWidth to="/code/$sessionId" params={{ sessionId: session.id }}>
              {t('useCode')}
            </ButtonLink>
          )}
        </div>
      )}
    </Page>
  )
}

type StepProps = { title: string; icon: ReactNode; shown: string | null; problem: string | null; children: ReactNode }

/** One proof: how to show it, or that it is shown. */
function Step({ title, icon, shown, problem, children }: StepProps) {
  return (
    <section className={classes.step} data-shown={shown !== null}>
      <Title order={2} size="h3" className={classes.title}>
        {shown === null ? icon : <IconCircleCheck aria-hidden size={24} />}
        {title}
      </Title>
      {shown !== null ? <Text role="status">{shown}</Text> : children}
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
    </section>
  )
}

const isShown = ({ presence }: Presence, proof: PresenceProof) => presence?.proven.includes(proof) === true

function useProblemOf({ problem }: Presence, at: 'code' | 'network' | 'place'): string | null {
  const failureText = useFailureText()
  return problem?.at === at ? failureText(problem.error) : null
}

function CodeStep({ presence, onScan }: { presence: Presence; onScan: () => void }) {
  const { t } = useTranslation('presence')
  const problem = useProblemOf(presence, 'code')
  return (
    <Step
      title={t('code.title')}
      icon={<IconQrcode aria-hidden size={24} />}
      shown={isShown(presence, 'room-code') ? t('code.shown') : null}
      problem={null}
    >
      <CodeField
        submitLabel={t('code.submit')}
        problem={problem}
        isSending={presence.showing === 'code'}
        onSubmit={({ code }) => presence.showCode(code)}
        onScan={onScan}
      />
    </Step>
  )
}

function NetworkStep({ presence }: { presence: Presence }) {
  const { t } = useTranslation('presence')
  return (
    <Step
      title={t('network.title')}
      icon={<IconWifi aria-hidden size={24} />}
      shown={isShown(presence, 'network') ? t('network.shown') : null}
      problem={useProblemOf(presence, 'network')}
    >
      <Text>{t('network.missing')}</Text>
      <Button
        size="lg"
        fullWidth
        variant="default"
        loading={presence.showing === 'network'}
        onClick={presence.checkNetwork}
      >
        {t('network.check')}
      </Button>
    </Step>
  )
}

function PlaceStep({ presence }: { presence: Presence }) {
  const { t } = useTranslation('presence')
  const failure = useProblemOf(presence, 'place')
  const place = presence.presence?.place ?? null
  const said = presence.placeProblem ?? (place === 'inside' ? null : place)
  return (
    <Step
      title={t('place.title')}
      icon={<IconMapPin aria-hidden size={24} />}
      shown={isShown(presence, 'geofence') ? t('place.shown') : null}
      problem={presence.showing === 'place' ? null : (failure ?? (said && t(`place.${said}`)))}
    >
      <Text>{t('place.explain')}</Text>
      <Button size="lg" fullWidth loading={presence.showing === 'place'} onClick={() => void presence.showPlace()}>
        {t('place.ask')}
      </Button>
    </Step>
  )
}
