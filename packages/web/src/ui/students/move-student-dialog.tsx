import { getClass, getClassReport, listClasses, listClassStudents, listStays, moveStudent } from '@app/contract'
import { Button, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMe, useRead, useSend } from '../../api/use-api.tsx'
import { todayHere, useDayFormat } from '../days.ts'
import { Dialog } from '../dialog.tsx'
import { useNotify } from '../messages.tsx'
import { ErrorNotice } from '../states.tsx'
import { useForm } from '../use-form.ts'

type MoveStudentDialogProps = {
  student: { personId: string; fullName: string }
  fromClassId: string
  onClose: () => void
}

const STALE = { changes: [listClassStudents, listClasses, getClass, getClassReport, listStays] }

/** Lets a student belong to another class from a day on. Needs the namespace `moving`. */
export function MoveStudentDialog({ student, fromClassId, onClose }: MoveStudentDialogProps) {
  const { t } = useTranslation('moving')
  const days = useDayFormat()
  const notify = useNotify()
  const { institution } = useMe()
  const list = useRead(listClasses)
  const move = useSend(moveStudent, STALE)
  const others = (list.data?.classes ?? []).filter(({ id }) => id !== fromClassId)
  const { personId, fullName } = student
  const form = useForm({
    initial: { fromClassId, toClassId: '', firstDay: todayHere(institution.timeZone) },
    schema: moveStudent.body,
    failureAt: { 'day-in-future': 'firstDay', 'class-archived': 'toClassId' },
    onSubmit: async (body) => {
      const { noLongerCounted, nowCounted } = await move.mutateAsync({ params: { personId }, body })
      const to = others.find(({ id }) => id === body.toClassId)?.name ?? ''
      const done = t('move.done', { name: fullName, class: to, day: days.full(body.firstDay) })
      const counted = t('move.counted', { old: noLongerCounted, new: nowCounted })
      notify.done(noLongerCounted + nowCounted > 0 ? `${done} ${counted}` : done)
      onClose()
    },
  })
  return (
    <Dialog title={t('move.title', { name: fullName })} onClose={onClose}>
      {list.isSuccess && others.length === 0 ? (
        <Text>{t('move.none')}</Text>
      ) : (
        <form onSubmit={form.submit} noValidate>
          <Stack gap="md">
            <ErrorNotice error={form.failure ?? list.error} />
            <NativeSelect
              label={t('move.to')}
              data-autofocus
              {...form.text('toClassId')}
              data={[
                { value: '', label: t('move.choose') },
                ...others.map(({ id, name, subject }) => ({ value: id, label: `${subject.code} ${name}` })),
              ]}
            />
            <TextInput
              type="date"
              label={t('move.firstDay')}
              description={t('move.firstDayHint')}
              max={todayHere(institution.timeZone)}
              {...form.text('firstDay')}
            />
            <Button type="submit" loading={form.isSending}>
              {t('move.submit')}
            </Button>
          </Stack>
        </form>
      )}
    </Dialog>
  )
}
