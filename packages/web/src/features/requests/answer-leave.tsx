import { answerLeave, getBoard, type LeaveView, listRequests } from '@app/contract'
import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import '../../ui/checkbox-styles.ts'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice } from '../../ui/states.tsx'

type AnswerLeaveProps = { leave: LeaveView; open: LeaveView['classes'] }

/** For the classes that are ticked; each answers for itself. */
export function AnswerLeave({ leave, open }: AnswerLeaveProps) {
  const { t } = useTranslation('requests')
  const notify = useNotify()
  const [chosen, setChosen] = useState(open.map(({ classId }) => classId))
  const [note, setNote] = useState('')
  const send = useSend(answerLeave, { changes: [listRequests, getBoard] })
  const name = leave.student.fullName
  const classIds = chosen.filter((id) => open.some(({ classId }) => classId === id))

  function answer(given: 'granted' | 'declined') {
    send.mutateAsync({ params: { requestId: leave.id }, body: { answer: given, classIds, note: note.trim() } }).then(
      () => notify.done(t(`answer.${given}To`, { name })),
      () => {}, // shown above the buttons
    )
  }

  return (
    <Stack gap="sm">
      {open.length > 1 && (
        <Checkbox.Group label={t('leave.classes')} value={classIds} onChange={setChosen}>
          {open.map(({ classId, subjectName, className }) => (
            <Checkbox key={classId} value={classId} label={`${subjectName}, ${className}`} />
          ))}
        </Checkbox.Group>
      )}
      <TextInput
        label={t('answer.note')}
        value={note}
        maxLength={500}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <ErrorNotice error={send.error} />
      <Group gap="xs">
        <Button
          aria-label={t('answer.grantOf', { name })}
          disabled={classIds.length === 0}
          loading={send.isPending}
          onClick={() => answer('granted')}
        >
          {t('answer.grant')}
        </Button>
        <Button
          variant="default"
          aria-label={t('answer.declineOf', { name })}
          disabled={classIds.length === 0 || send.isPending}
          onClick={() => answer('declined')}
        >
          {t('answer.decline')}
        </Button>
      </Group>
    </Stack>
  )
}
