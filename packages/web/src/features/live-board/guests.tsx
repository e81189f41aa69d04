import { addGuest, type Guest, getBoard, matchGuest, removeGuest } from '@app/contract'
import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useForm } from '../../ui/use-form.ts'
import classes from './guests.module.css'

type GuestsProps = { sessionId: string; guests: readonly Guest[]; canChange: boolean }

/** Those who are here and not on the list; for this session only. */
export function Guests({ sessionId, guests, canChange }: GuestsProps) {
  const { t } = useTranslation('live-board')
  const notify = useNotify()
  const [isAdding, setIsAdding] = useState(false)
  const [matching, setMatching] = useState<Guest | null>(null)
  const remove = useSend(removeGuest, { changes: [getBoard] })
  if (guests.length === 0 && !canChange) return null
  return (
    <section className={classes.guests} aria-labelledby="guests">
      <Group justify="space-between">
        <Title order={2} size="h3" id="guests">
          {t('guests.title', { count: guests.length })}
        </Title>
        {canChange && (
          <Button variant="default" onClick={() => setIsAdding(true)}>
            {t('guests.add')}
          </Button>
        )}
      </Group>
      <ul>
        {guests.map((guest) => (
          <li key={guest.id}>
            <div className={classes.words}>
              <div className={classes.name}>{guest.fullName}</div>
              {guest.note !== null && <div className={classes.note}>{guest.note}</div>}
              {guest.matched !== null && (
                <div className={classes.note}>{t('guests.matched', { name: guest.matched.fullName })}</div>
              )}
            </div>
            {canChange && guest.matched === null && (
              <Group gap="xs">
                <Button
                  variant="default"
                  aria-label={t('guests.matchOf', { name: guest.fullName })}
                  onClick={() => setMatching(guest)}
                >
                  {t('guests.match')}
                </Button>
                <Button
                  variant="subtle"
                  aria-label={t('guests.removeOf', { name: guest.fullName })}
                  onClick={() => remove.mutateAsync({ params: { sessionId, guestId: guest.id } }).catch(notify.failed)}
                >
                  {t('guests.remove')}
                </Button>
              </Group>
            )}
          </li>
        ))}
      </ul>
      {isAdding && <AddGuest sessionId={sessionId} onClose={() => setIsAdding(false)} />}
      {matching !== null && <MatchGuest sessionId={sessionId} guest={matching} onClose={() => setMatching(null)} />}
    </section>
  )
}

function AddGuest({ sessionId, onClose }: { sessionId: string; onClose: () => void }) {
  const { t } = useTranslation('live-board')
  const add = useSend(addGuest, { changes: [getBoard] })
  const form = useForm({
    initial: { fullName: '', note: '' },
    schema: addGuest.body,
    onSubmit: async (body) => {
      await add.mutateAsync({ params: { sessionId }, body })
      onClose()
    },
  })
  return (
    <Dialog title={t('guests.addTitle')} onClose={onClose}>
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <Text c="dimmed">{t('guests.addText')}</Text>
          <ErrorNotice error={form.failure} />
          <TextInput label={t('guests.name')} autoComplete="off" data-autofocus {...form.text('fullName')} />
          <TextInput label={t('guests.note')} autoComplete="off" {...form.text('note')} />
          <Button type="submit" loading={form.isSending}>
            {t('guests.add')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  )
}

function MatchGuest({ sessionId, guest, onClose }: { sessionId: string; guest: Guest; onClose: () => void }) {
  const { t } = useTranslation('live-board')
  const notify = useNotify()
  const match = useSend(matchGuest, { changes: [getBoard] })
  const form = useForm({
    initial: { rollNo: '' },
    schema: matchGuest.body,
    failureAt: { 'no-such-student': 'rollNo' },
    onSubmit: async (body) => {
      const { matched } = await match.mutateAsync({ params: { sessionId, guestId: guest.id }, body })
      notify.done(t('guests.matched', { name: matched?.fullName ?? '' }))
      onClose()
    },
  })
  return (
    <Dialog title={t('guests.matchTitle', { name: guest.fullName })} onClose={onClose}>
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <Text c="dimmed">{t('guests.matchText')}</Text>
          <ErrorNotice error={form.failure} />
          <TextInput label={t('guests.rollNo')} autoComplete="off" data-autofocus {...form.text('rollNo')} />
          <Button type="submit" loading={form.isSending}>
            {t('guests.match')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  )
}
