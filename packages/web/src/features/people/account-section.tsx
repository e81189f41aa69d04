import { getPerson, listPersonHistory, type PersonView, reinvitePerson } from '@app/contract'
import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import { type HandedOver, HandOverInvite, toHandOver } from '../../ui/hand-over-invite.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import { HandOverDialog } from './hand-over-dialog.tsx'
import { type Outcome, OutcomeDialog } from './outcome-dialog.tsx'
import classes from './people.module.css'
import { Section } from './section.tsx'
import { usePeopleActions } from './use-people-actions.ts'

/** The account, the face and the agreement, the invite; and whether they may sign in at all. */
export function AccountSection({ person }: { person: PersonView }) {
  const { t } = useTranslation('people')
  const { day, full } = useTimeFormat()
  const { addedAt, consentAt, invite, lastInvitedAt, status } = person
  const when = (at: string, text: string) => <span title={full(at)}>{text}</span>
  return (
    <Section title={t('person.account')}>
      <dl className={classes.facts}>
        <dt>{t('person.status')}</dt>
        <dd>{t(`statuses.${status}`)}</dd>
        <dt>{t('person.added')}</dt>
        <dd>{when(addedAt, day(addedAt))}</dd>
        {person.roles.includes('student') && (
          <>
            <dt>{t('person.face')}</dt>
            <dd>{t(`person.faces.${person.face}`)}</dd>
            <dt>{t('person.consent')}</dt>
            <dd>
              {consentAt === null
                ? t('person.consentNone')
                : when(consentAt, t('person.consentGiven', { day: day(consentAt) }))}
            </dd>
          </>
        )}
        {status === 'invited' && (
          <>
            <dt>{t('person.invite')}</dt>
            <dd>
              {invite === null
                ? t('person.inviteNone')
                : when(invite.expiresAt, t('person.inviteOpen', { day: day(invite.expiresAt) }))}
              {lastInvitedAt !== null && (
                <p className={classes.aside}>{t('person.lastInvited', { day: day(lastInvitedAt) })}</p>
              )}
            </dd>
          </>
        )}
      </dl>
      {person.mayChange && <Actions person={person} />}
    </Section>
  )
}

function Actions({ person }: { person: PersonView }) {
  const { t } = useTranslation('people')
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [isHandingOver, setIsHandingOver] = useState(false)
  const { act, isActing } = usePeopleActions(setOutcome)
  const { personId, status, invite, isYou, teaches } = person
  const who = { personIds: [personId] }
  return (
    <Group gap="xs">
      {status === 'invited' && <Invite person={person} />}
      {invite !== null && (
        <Button variant="default" disabled={isActing} onClick={() => act('revoke-invites', who)}>
          {t('person.revoke')}
        </Button>
      )}
      {(status === 'active' || status === 'invited') && !isYou && (
        <Button
          variant="default"
          disabled={isActing}
          onClick={() => (teaches.length > 0 ? setIsHandingOver(true) : act('disable', who))}
        >
          {t('person.disable')}
        </Button>
      )}
      {status === 'disabled' && (
        <Button variant="default" disabled={isActing} onClick={() => act('enable', who)}>
          {t('person.enable')}
        </Button>
      )}
      {isHandingOver && <HandOverDialog person={person} onClose={() => setIsHandingOver(false)} />}
      {outcome !== null && <OutcomeDialog outcome={outcome} onClose={() => setOutcome(null)} />}
    </Group>
  )
}

function Invite({ person: { personId, fullName, lastInvitedAt } }: { person: PersonView }) {
  const { t } = useTranslation('people')
  const notify = useNotify()
  const reinvite = useSend(reinvitePerson, { changes: [getPerson, listPersonHistory] })
  const [handOver, setHandOver] = useState<HandedOver | null>(null)
  return (
    <>
      <Button
        loading={reinvite.isPending}
        onClick={() =>
          reinvite.mutate(
            { params: { personId } },
            {
              onSuccess: (made) => {
                setHandOver(toHandOver(made))
                if (made.sentTo !== null) notify.done(t('person.sentTo', { email: made.sentTo }))
              },
              onError: notify.failed,
            },
          )
        }
      >
        {lastInvitedAt === null ? t('person.inviteFirst') : t('person.resend')}
      </Button>
      {handOver !== null && (
        <HandOverInvite
          title={t('person.linkTitle', { name: fullName })}
          invite={handOver}
          onClose={() => setHandOver(null)}
        />
      )}
    </>
  )
}
