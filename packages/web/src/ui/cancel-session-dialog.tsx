import { cancelSession, changePlan, type SessionView } from '@app/contract'
import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core'
import './radio-styles.ts'
import { useTranslation } from 'react-i18next'
import { useSend } from '../api/use-api.tsx'
import { Dialog } from './dialog.tsx'
import { useNotify } from './messages.tsx'
import { ErrorNotice } from './states.tsx'
import { useForm } from './use-form.ts'
import { SHOW_SESSIONS, useSessionSteps } from './use-session-steps.ts'

/** Cancels a session, and of a weekly time all that follow: the reason is what students read. */
export function CancelSessionDialog({ session, onClose }: { session: SessionView; onClose: () => void }) {
  const { t } = useTranslation('sessions')
  const notify = useNotify()
  const steps = useSessionSteps(session)
  const change = useSend(changePlan, { changes: SHOW_SESSIONS })
  const canFollow = session.state === 'planned' && session.isFromTimetable
  const form = useForm({
    initial: { reason: '', scope: 'one' },
    schema: cancelSession.body,
    onSubmit: async ({ reason, scope }) => {
      if (scope === 'one') await steps.cancel(reason)
      else {
        const { rows } = await change.mutateAsync({
          params: { sessionId: session.id },
          query: { mode: 'commit' },
          body: { scope: 'following', change: { kind: 'cancel', reason } },
        })
        notify.done(t('cancel.many', { count: rows.length }))
      }
      onClose()
    },
  })
  const isRunning = session.state === 'open' || session.state === 'paused'
  return (
    <Dialog title={t('cancel.title')} onClose={onClose}>
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <ErrorNotice error={form.failure} />
          <Text>{t(isRunning ? 'cancel.running' : 'cancel.planned')}</Text>
          <TextInput
            label={t('cancel.reason')}
            description={t('cancel.reasonHint')}
            data-autofocus
            {...form.text('reason')}
          />
          {canFollow && (
            <Radio.Group
              label={t('cancel.scope')}
              value={form.values.scope}
              onChange={(scope) => form.set('scope', scope)}
            >
              <Radio value="one" label={t('cancel.one')} />
              <Radio value="following" label={t('cancel.following')} />
            </Radio.Group>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel.keep')}
            </Button>
            <Button type="submit" loading={form.isSending}>
              {t(form.values.scope === 'one' ? 'cancel.submit' : 'cancel.submitMany')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
