import {
  getOverview,
  getPerson,
  handOver,
  listClasses,
  listPeople,
  listPersonHistory,
  listStaff,
  type PersonView,
} from '@app/contract'
import { Button, Checkbox, NativeSelect, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, useSend } from '../../api/use-api.tsx'
import '../../ui/checkbox-styles.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice, ErrorState, Notice, Skeletons } from '../../ui/states.tsx'

type HandOverDialogProps = { person: PersonView; onClose: () => void }

/** Who takes over each class of a teacher who leaves, in one step. */
export function HandOverDialog({ person, onClose }: HandOverDialogProps) {
  const { t } = useTranslation('people')
  const staff = useRead(listStaff)
  const teachers = (staff.data?.staff ?? []).filter(
    ({ personId, roles, status }) =>
      personId !== person.personId && roles.includes('teacher') && (status === 'active' || status === 'invited'),
  )
  return (
    <Dialog title={t('handOver.title', { name: person.fullName })} onClose={onClose}>
      {staff.isPending && <Skeletons rows={person.teaches.length} />}
      {staff.isError && <ErrorState error={staff.error} onRetry={() => void staff.refetch()} />}
      {staff.data && (
        <HandOverForm
          person={person}
          teachers={teachers.map(({ personId, fullName }) => ({ value: personId, label: fullName }))}
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}

type HandOverFormProps = HandOverDialogProps & { teachers: readonly { value: string; label: string }[] }

function HandOverForm({ person, teachers, onClose }: HandOverFormProps) {
  const { t } = useTranslation('people')
  const notify = useNotify()
  const { personId, fullName, teaches, isYou } = person
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({})
  const [disable, setDisable] = useState(!isYou)
  const send = useSend(handOver, {
    changes: [getPerson, listPeople, listPersonHistory, listClasses, listStaff, getOverview],
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    const classes = teaches.map(({ classId }) => ({ classId, teacherIds: [chosen[classId] ?? ''].filter(Boolean) }))
    send.mutate(
      { params: { personId }, body: { classes, disable } },
      {
        onSuccess: () => {
          notify.done(t('handOver.done', { name: fullName }))
          onClose()
        },
      },
    )
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text>{t('handOver.text')}</Text>
        {teachers.length === 0 && <Notice>{t('handOver.noTeachers')}</Notice>}
        <ErrorNotice error={send.error} />
        {teaches.map(({ classId, className, subjectName, otherTeachers }) => (
          <NativeSelect
            key={classId}
            label={t('handOver.successor', { className: `${className}, ${subjectName}` })}
            value={chosen[classId] ?? ''}
            onChange={({ currentTarget }) => setChosen((before) => ({ ...before, [classId]: currentTarget.value }))}
            data={[{ value: '', label: otherTeachers > 0 ? t('handOver.others') : t('handOver.nobody') }, ...teachers]}
          />
        ))}
        {!isYou && (
          <Checkbox
            label={t('handOver.disable', { name: fullName })}
            checked={disable}
            onChange={(event) => setDisable(event.currentTarget.checked)}
          />
        )}
        <Button type="submit" loading={send.isPending}>
          {t('handOver.submit')}
        </Button>
      </Stack>
    </form>
  )
}
