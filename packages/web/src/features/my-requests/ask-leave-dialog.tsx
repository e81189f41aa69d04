import { askLeave, listMyRequests, type ResultOf } from '@app/contract'
import { Button, Checkbox, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import '../../ui/checkbox-styles.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useForm } from '../../ui/use-form.ts'

type AskLeaveDialogProps = { classes: ResultOf<typeof listMyRequests>['classes']; onClose: () => void }

/** Days to be away, from all classes or some. */
export function AskLeaveDialog({ classes, onClose }: AskLeaveDialogProps) {
  const { t } = useTranslation('requests')
  const notify = useNotify()
  const ask = useSend(askLeave, { changes: [listMyRequests] })
  const form = useForm({
    initial: { from: '', until: '', classIds: classes.map(({ classId }) => classId), reason: '' },
    schema: askLeave.body,
    failureAt: { 'leave-days': 'from' },
    onSubmit: async (body) => {
      await ask.mutateAsync({ body })
      notify.done(t('leave.asked'))
      onClose()
    },
  })
  return (
    <Dialog title={t('leave.ask')} onClose={onClose}>
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <ErrorNotice error={form.failure} />
          <Group grow align="start">
            <TextInput type="date" label={t('leave.from')} data-autofocus {...form.text('from')} />
            <TextInput type="date" label={t('leave.until')} {...form.text('until')} />
          </Group>
          {classes.length > 1 && (
            <Checkbox.Group
              label={t('leave.classes')}
              value={form.values.classIds}
              onChange={(classIds) => form.set('classIds', classIds)}
            >
              {classes.map(({ classId, subjectName, className }) => (
                <Checkbox key={classId} value={classId} label={`${subjectName}, ${className}`} />
              ))}
            </Checkbox.Group>
          )}
          <Textarea
            label={t('reason')}
            description={t('leave.reasonHint')}
            autosize
            minRows={2}
            {...form.text('reason')}
          />
          <Button type="submit" loading={form.isSending}>
            {t('send')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  )
}
