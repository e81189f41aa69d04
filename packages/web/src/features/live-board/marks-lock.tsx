import { getBoard, unlockMarks } from '@app/contract'
import { Button, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe, useSend } from '../../api/use-api.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNotice, Notice } from '../../ui/states.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import { useForm } from '../../ui/use-form.ts'
import type { Board } from './board-state.ts'

/** Says that nobody changes these marks any more, or until when they can be; an admin unlocks them. */
export function MarksLock({ board }: { board: Board }) {
  const { t } = useTranslation('live-board')
  const { dayAndTime } = useTimeFormat()
  const isAdmin = useMe().roles.includes('admin')
  const [isAsking, setIsAsking] = useState(false)
  if (board.unlockedUntil !== null)
    return <Notice>{t('lock.unlockedUntil', { time: dayAndTime(board.unlockedUntil) })}</Notice>
  if (!board.marksLocked) return null
  return (
    <Notice>
      {t(isAdmin ? 'lock.locked' : 'lock.lockedAsk')}{' '}
      {isAdmin && (
        <Button variant="default" onClick={() => setIsAsking(true)}>
          {t('lock.action')}
        </Button>
      )}
      {isAsking && <UnlockDialog sessionId={board.session.id} onClose={() => setIsAsking(false)} />}
    </Notice>
  )
}

const HOURS = [1, 4, 24, 72, 168]

function UnlockDialog({ sessionId, onClose }: { sessionId: string; onClose: () => void }) {
  const { t } = useTranslation('live-board')
  const unlock = useSend(unlockMarks, { changes: [getBoard] })
  const form = useForm({
    initial: { hours: 24, reason: '' },
    schema: unlockMarks.body,
    onSubmit: async (body) => {
      await unlock.mutateAsync({ params: { sessionId }, body })
      onClose()
    },
  })
  return (
    <Dialog title={t('lock.title')} onClose={onClose}>
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <Text>{t('lock.text')}</Text>
          <ErrorNotice error={form.failure} />
          <NativeSelect
            label={t('lock.hours')}
            value={String(form.values.hours)}
            onChange={({ currentTarget }) => form.set('hours', Number(currentTarget.value))}
            data={HOURS.map((count) => ({ value: String(count), label: t('lock.hoursOf', { count }) }))}
          />
          <TextInput label={t('lock.reason')} autoComplete="off" data-autofocus {...form.text('reason')} />
          <Button type="submit" loading={form.isSending}>
            {t('lock.action')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  )
}
