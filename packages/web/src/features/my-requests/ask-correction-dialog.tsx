import { askCorrection, getStudentHistory, listMyRequests } from '@app/contract'
import { Button, NativeSelect, Stack, Text, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRead, useSend } from '../../api/use-api.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import { useForm } from '../../ui/use-form.ts'

const WANTED = ['present', 'late', 'excused'] as const

export function AskCorrectionDialog({ sessionId, onClose }: { sessionId: string; onClose: () => void }) {
  const { t } = useTranslation(['requests', 'shell'])
  const { dayAndTime } = useTimeFormat()
  const notify = useNotify()
  const record = useRead(getStudentHistory).data?.records.find((each) => each.sessionId === sessionId)
  const ask = useSend(askCorrection, { changes: [listMyRequests] })
  const form = useForm<{ wanted: (typeof WANTED)[number]; reason: string }>({
    initial: { wanted: 'present', reason: '' },
    schema: askCorrection.body.omit({ sessionId: true }),
    onSubmit: async (values) => {
      await ask.mutateAsync({ body: { sessionId, ...values } })
      notify.done(t('requests:correction.asked'))
      onClose()
    },
  })
  return (
    <Dialog title={t('requests:correction.ask')} onClose={onClose}>
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          {record !== undefined && (
            <Text>
              {t('requests:correction.about', {
                subject: record.subjectName,
                time: dayAndTime(record.opensAt),
                status: t(`shell:status.${record.status}`),
              })}
            </Text>
          )}
          <ErrorNotice error={form.failure} />
          <NativeSelect
            label={t('requests:correction.should')}
            {...form.text('wanted')}
            data={WANTED.map((value) => ({ value, label: t(`shell:status.${value}`) }))}
          />
          <Textarea
            label={t('requests:reason')}
            description={t('requests:correction.reasonHint')}
            autosize
            minRows={2}
            data-autofocus
            {...form.text('reason')}
          />
          <Button type="submit" loading={form.isSending}>
            {t('requests:send')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  )
}
