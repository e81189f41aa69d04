import { type ClashView, changeMeeting, type MeetingView, restoreMeeting, type SentBodyOf } from '@app/contract'
import { Button, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import '@mantine/core/styles/SegmentedControl.css'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import { useDayFormat } from '../../ui/days.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useForm } from '../../ui/use-form.ts'
import { TimeFields } from './time-fields.tsx'
import { TIMETABLES } from './timetables.ts'

type MeetingDialogProps = {
  meeting: MeetingView
  onClashes: (clashes: readonly ClashView[]) => void
  onClose: () => void
}

type Change = SentBodyOf<typeof changeMeeting>

/** One meeting: cancelled, moved, or held as usual again. */
export function MeetingDialog({ meeting, onClashes, onClose }: MeetingDialogProps) {
  const { t } = useTranslation('timetable')
  const days = useDayFormat()
  const { className, day, state, because } = meeting
  const isHeld = state === 'on' || state === 'moved'
  return (
    <Dialog title={t('meeting.title', { name: className, day: days.long(day) })} onClose={onClose}>
      <Stack gap="md">
        {state === 'holiday' && <Text>{t('meeting.onHoliday', { name: because ?? '' })}</Text>}
        {state !== 'on' && state !== 'holiday' && (
          <Text>
            {t(`meeting.states.${state}`)}
            {because !== null && `. ${t('meeting.because', { reason: because })}`}
          </Text>
        )}
        {state !== 'on' && state !== 'holiday' && <Restore meeting={meeting} onClose={onClose} />}
        {(isHeld || state === 'holiday') && <ChangeForm meeting={meeting} onClashes={onClashes} onClose={onClose} />}
      </Stack>
    </Dialog>
  )
}

type Values = {
  kind: Change['kind']
  reason: string
  movedTo: string
  startsAt: string
  minutes: number
  room: string
}

function ChangeForm({ meeting, onClashes, onClose }: MeetingDialogProps) {
  const { t } = useTranslation('timetable')
  const notify = useNotify()
  const change = useSend(changeMeeting, TIMETABLES)
  const restore = useSend(restoreMeeting, TIMETABLES)
  const { slotId, slotDay, state } = meeting
  const params = { slotId, day: slotDay }
  const form = useForm<Values>({
    initial: {
      kind: state === 'on' ? 'cancelled' : 'moved',
      reason: '',
      movedTo: meeting.day,
      startsAt: meeting.startsAt,
      minutes: meeting.minutes,
      room: meeting.room ?? '',
    },
    schema: changeMeeting.body,
    onSubmit: async (values) => {
      const { clashes } = await change.mutateAsync({ params, body: bodyOf(values) })
      // What was moved before goes back to where it was moved to, not to its usual place.
      const undo = () =>
        state === 'moved' ? change.mutateAsync({ params, body: movedAs(meeting) }) : restore.mutateAsync({ params })
      notify.done(
        t(values.kind === 'moved' ? 'meeting.moved' : 'meeting.cancelled'),
        () => void undo().catch(notify.failed),
      )
      onClose()
      if (clashes.length > 0) onClashes(clashes)
    },
  })
  const { values, set } = form
  const isMoving = values.kind === 'moved'
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <ErrorNotice error={form.failure} />
        {state !== 'holiday' && (
          <SegmentedControl
            aria-label={t('meeting.what')}
            value={values.kind}
            onChange={(kind) => set('kind', kind === 'moved' ? 'moved' : 'cancelled')}
            data={[
              { value: 'cancelled', label: t('meeting.cancel') },
              { value: 'moved', label: t('meeting.move') },
            ]}
          />
        )}
        {isMoving && (
          <>
            <TextInput type="date" label={t('meeting.day')} {...form.text('movedTo')} />
            <TimeFields
              startsAt={form.text('startsAt')}
              minutes={form.text('minutes')}
              onMinutes={(minutes) => set('minutes', minutes)}
            />
            <TextInput label={t('slots.room')} autoComplete="off" {...form.text('room')} />
          </>
        )}
        <TextInput
          label={t('meeting.reason')}
          description={t('meeting.reasonHint')}
          autoComplete="off"
          {...form.text('reason')}
        />
        <Button type="submit" loading={form.isSending}>
          {t(isMoving ? 'meeting.submitMove' : 'meeting.submitCancel')}
        </Button>
      </Stack>
    </form>
  )
}

function bodyOf({ kind, reason, movedTo, startsAt, minutes, room }: Values): Change {
  return kind === 'cancelled' ? { kind, reason } : { kind, reason, movedTo, startsAt, minutes, room }
}

const movedAs = ({ day, startsAt, minutes, room, because }: MeetingView): Change => ({
  kind: 'moved',
  reason: because ?? '',
  movedTo: day,
  startsAt,
  minutes,
  room: room ?? '',
})

function Restore({ meeting, onClose }: { meeting: MeetingView; onClose: () => void }) {
  const { t } = useTranslation('timetable')
  const notify = useNotify()
  const [isDone, setIsDone] = useState(false)
  const restore = useSend(restoreMeeting, TIMETABLES)
  const change = useSend(changeMeeting, TIMETABLES)
  const { slotId, slotDay, state, because } = meeting
  const params = { slotId, day: slotDay }
  // Where it was moved to is not known from the place it was moved away from.
  const before: Change | null =
    state === 'moved' ? movedAs(meeting) : state === 'cancelled' ? { kind: 'cancelled', reason: because ?? '' } : null

  function restoreIt() {
    setIsDone(true)
    restore.mutateAsync({ params }).then(
      () => {
        const undo = before && (() => void change.mutateAsync({ params, body: before }).catch(notify.failed))
        notify.done(t('meeting.restored'), undo ?? undefined)
        onClose()
      },
      (error: unknown) => {
        setIsDone(false)
        notify.failed(error)
      },
    )
  }

  return (
    <Button variant="default" disabled={isDone} onClick={restoreIt}>
      {t('meeting.restore')}
    </Button>
  )
}
