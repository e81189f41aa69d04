import { answerCorrection, type CorrectionView, getBoard, listRequests } from '@app/contract'
import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useForm } from '../../ui/use-form.ts'

const STATUSES = ['present', 'late', 'excused'] as const

export function AnswerCorrection({ correction }: { correction: CorrectionView }) {
  const { t } = useTranslation('requests')
  const [answer, setAnswer] = useState<'granted' | 'declined' | null>(null)
  const name = correction.student.fullName
  return (
    <Group gap="xs">
      <Button aria-label={t('answer.grantOf', { name })} onClick={() => setAnswer('granted')}>
        {t('answer.grant')}
      </Button>
      <Button variant="default" aria-label={t('answer.declineOf', { name })} onClick={() => setAnswer('declined')}>
        {t('answer.decline')}
      </Button>
      {answer !== null && <AnswerDialog correction={correction} answer={answer} onClose={() => setAnswer(null)} />}
    </Group>
  )
}

type AnswerDialogProps = { correction: CorrectionView; answer: 'granted' | 'declined'; onClose: () => void }

/** With the status that the teacher finds right; a refusal says why. */
function AnswerDialog({ correction, answer, onClose }: AnswerDialogProps) {
  const { t } = useTranslation(['requests', 'shell'])
  const notify = useNotify()
  const name = correction.student.fullName
  const send = useSend(answerCorrection, { changes: [listRequests, getBoard] })
  const wanted = STATUSES.find((status) => status === correction.wanted) ?? 'present'
  const form = useForm<{ answer: 'granted' | 'declined'; status: (typeof STATUSES)[number]; note: string }>({
    initial: { answer, status: wanted, note: '' },
    schema: answerCorrection.body,
    onSubmit: async ({ status, note }) => {
      const body = answer === 'granted' ? { answer, status, note } : { answer, note }
      await send.mutateAsync({ params: { requestId: correction.id }, body })
      notify.done(t(`requests:answer.${answer}To`, { name }))
      onClose()
    },
  })
  const title = answer === 'granted' ? 'requests:answer.grantOf' : 'requests:answer.declineOf'
  return (
    <Dialog title={t(title, { name })} onClose={onClose}>
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <ErrorNotice error={form.failure} />
          {answer === 'granted' && (
            <NativeSelect
              label={t('requests:answer.status')}
              {...form.text('status')}
              data={STATUSES.map((value) => ({ value, label: t(`shell:status.${value}`) }))}
            />
          )}
          <TextInput
            label={t('requests:answer.note')}
            description={t(answer === 'granted' ? 'requests:answer.noteHint' : 'requests:answer.declineHint')}
            data-autofocus
            {...form.text('note')}
          />
          <Button type="submit" loading={form.isSending}>
            {t(answer === 'granted' ? 'requests:answer.grant' : 'requests:answer.decline')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  )
}
