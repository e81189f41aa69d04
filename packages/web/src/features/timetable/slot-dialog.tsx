import { addSlot, type ClashView, changeSlot, deleteSlot, type SlotFields, type SlotView } from '@app/contract'
import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isFailure } from '../../api/failure.ts'
import { useSend } from '../../api/use-api.tsx'
import { useDayFormat, WEEKDAYS } from '../../ui/days.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice, Notice } from '../../ui/states.tsx'
import { useForm } from '../../ui/use-form.ts'
import { TimeFields } from './time-fields.tsx'
import { TIMETABLES } from './timetables.ts'

type SlotDialogProps = {
  classId: string
  /** What the form begins with; `slot` null makes a new one. */
  slot: SlotView | null
  initial: SlotFields
  onClashes: (clashes: readonly ClashView[]) => void
  onClose: () => void
}

export function SlotDialog({ classId, slot, initial, onClashes, onClose }: SlotDialogProps) {
  const { t } = useTranslation('timetable')
  const days = useDayFormat()
  const notify = useNotify()
  const add = useSend(addSlot, TIMETABLES)
  const change = useSend(changeSlot, TIMETABLES)
  const form = useForm<SlotFields>({
    initial,
    schema: addSlot.body,
    onSubmit: async (body) => {
      const { clashes } = await (slot === null
        ? add.mutateAsync({ params: { classId }, body })
        : change.mutateAsync({ params: { slotId: slot.id }, body }))
      notify.done(t('slots.saved'))
      onClose()
      if (clashes.length > 0) onClashes(clashes)
    },
  })
  const { values, set } = form
  return (
    <Dialog
      title={
        slot === null
          ? t('slots.add')
          : t('slots.changeOf', { weekday: days.weekday(slot.weekday), time: days.time(slot.startsAt) })
      }
      onClose={onClose}
    >
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <ErrorNotice error={form.failure} />
          <NativeSelect
            label={t('slots.weekday')}
            name="weekday"
            data-autofocus
            value={String(values.weekday)}
            onChange={({ currentTarget }) => set('weekday', Number(currentTarget.value))}
            data={WEEKDAYS.map((number) => ({ value: String(number), label: days.weekday(number) }))}
          />
          <TimeFields
            startsAt={form.text('startsAt')}
            minutes={form.text('minutes')}
            onMinutes={(minutes) => set('minutes', minutes)}
          />
          <TextInput
            label={t('slots.room')}
            description={t('slots.roomHint')}
            autoComplete="off"
            {...form.text('room')}
          />
          <Group grow align="flex-start">
            <TextInput type="date" label={t('slots.validFrom')} {...form.text('validFrom')} />
            <TextInput type="date" label={t('slots.validUntil')} {...form.text('validUntil')} />
          </Group>
          {slot !== null && <Text c="dimmed">{t('slots.changeHint')}</Text>}
          <Button type="submit" loading={form.isSending}>
            {t('slots.save')}
          </Button>
          {slot !== null && <DeleteSlot classId={classId} slot={slot} onClose={onClose} />}
        </Stack>
      </form>
    </Dialog>
  )
}

/** Gone at once and back by undo; one that sessions were made from is ended instead. */
function DeleteSlot({ classId, slot, onClose }: { classId: string; slot: SlotView; onClose: () => void }) {
  const { t } = useTranslation('timetable')
  const notify = useNotify()
  const add = useSend(addSlot, TIMETABLES)
  const remove = useSend(deleteSlot, TIMETABLES)
  const [isInUse, setIsInUse] = useState(false)
  const { id, ...body } = slot

  function removeIt() {
    remove.mutateAsync({ params: { slotId: id } }).then(
      () => {
        notify.done(t('slots.removed'), () => void add.mutateAsync({ params: { classId }, body }).catch(notify.failed))
        onClose()
      },
      (error: unknown) => (isFailure(error, 'still-in-use') ? setIsInUse(true) : notify.failed(error)),
    )
  }

  if (isInUse) return <Notice>{t('slots.inUse')}</Notice>
  return (
    <Button variant="subtle" color="gray" loading={remove.isPending} onClick={removeIt}>
      {t('slots.remove')}
    </Button>
  )
}
