import {
  getPerson,
  inviteGuardian,
  listPeople,
  listPersonHistory,
  type PersonView,
  unlinkGuardian,
} from '@app/contract'
import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { type HandedOver, HandOverInvite, toHandOver } from '../../ui/hand-over-invite.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { useForm } from '../../ui/use-form.ts'
import classes from './people.module.css'
import { Section } from './section.tsx'

type Made = { name: string; invite: HandedOver }

/** Who may see whether this student attends. */
export function GuardiansSection({ person }: { person: PersonView }) {
  const { t } = useTranslation('people')
  const [isAdding, setIsAdding] = useState(false)
  const [made, setMade] = useState<Made | null>(null)
  const { guardians } = person
  return (
    <Section title={t('person.guardians')}>
      {guardians.length === 0 && <p className={classes.aside}>{t('person.noGuardians')}</p>}
      <ul className={classes.list}>
        {guardians.map((guardian) => (
          <Guardian key={guardian.personId} studentId={person.personId} guardian={guardian} />
        ))}
      </ul>
      {person.mayChange && (
        <Button variant="default" onClick={() => setIsAdding(true)}>
          {t('person.addGuardian')}
        </Button>
      )}
      {isAdding && (
        <AddGuardian
          person={person}
          onClose={() => setIsAdding(false)}
          onMade={(next) => {
            setIsAdding(false)
            setMade(next)
          }}
        />
      )}
      {made !== null && (
        <HandOverInvite
          title={t('person.linkTitle', { name: made.name })}
          invite={made.invite}
          onClose={() => setMade(null)}
        />
      )}
    </Section>
  )
}

type GuardianProps = { studentId: string; guardian: PersonView['guardians'][number] }

function Guardian({ studentId, guardian: { personId, fullName, email, status } }: GuardianProps) {
  const { t } = useTranslation('people')
  const notify = useNotify()
  const unlink = useSend(unlinkGuardian, { changes: [getPerson, listPersonHistory] })
  return (
    <li>
      <div className={classes.what}>
        <TextLink to="/people/$personId" params={{ personId }}>
          {fullName}
        </TextLink>
        <p className={classes.aside}>{[email, t(`statuses.${status}`)].filter(Boolean).join(' · ')}</p>
      </div>
      <Button
        variant="subtle"
        aria-label={t('person.unlinkOf', { name: fullName })}
        loading={unlink.isPending}
        onClick={() =>
          unlink.mutate(
            { params: { personId: studentId, guardianId: personId } },
            { onSuccess: () => notify.done(t('person.unlinked', { name: fullName })), onError: notify.failed },
          )
        }
      >
        {t('person.unlink')}
      </Button>
    </li>
  )
}

type AddGuardianProps = { person: PersonView; onClose: () => void; onMade: (made: Made | null) => void }

function AddGuardian({ person, onClose, onMade }: AddGuardianProps) {
  const { t } = useTranslation('people')
  const notify = useNotify()
  const invite = useSend(inviteGuardian, { changes: [getPerson, listPersonHistory, listPeople] })
  const form = useForm({
    initial: { fullName: '', email: '' },
    schema: inviteGuardian.body,
    failureAt: { 'already-done': 'email' },
    onSubmit: async (body) => {
      const handOver = toHandOver(await invite.mutateAsync({ params: { personId: person.personId }, body }))
      if (handOver === null) notify.done(t('person.guardianAdded', { name: body.fullName }))
      onMade(handOver && { name: body.fullName, invite: handOver })
    },
  })
  return (
    <Dialog title={t('person.addGuardian')} onClose={onClose}>
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <Text>{t('person.addGuardianText', { name: person.fullName })}</Text>
          <ErrorNotice error={form.failure} />
          <TextInput label={t('person.fullName')} autoComplete="off" data-autofocus {...form.text('fullName')} />
          <TextInput label={t('person.email')} type="email" autoComplete="off" {...form.text('email')} />
          <Button type="submit" loading={form.isSending}>
            {t('person.addSubmit')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  )
}
