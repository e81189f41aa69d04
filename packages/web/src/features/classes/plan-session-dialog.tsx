import { getSessionDefaults, planSession, type SessionSettings } from '@app/contract'
import { dayAt } from '@app/domain'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMe, useRead, useSend } from '../../api/use-api.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { MinutesField } from '../../ui/minutes-field.tsx'
import { ErrorNotice, ErrorState, Skeletons } from '../../ui/states.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import { useForm } from '../../ui/use-form.ts'
import { SHOW_SESSIONS } from '../../ui/use-session-steps.ts'

type PlanSessionDialogProps = { classId: string; onClose: () => void }

export function PlanSessionDialog({ classId, onClose }: PlanSessionDialogProps) {
  const { t } = useTranslation('sessions')
  const defaults = useRead(getSessionDefaults, { params: { classId } })
  return (
    <Dialog title={t('plan.title')} onClose={onClose}>
      {defaults.data !== undefined ? (
        <PlanForm classId={classId} defaults={defaults.data} onClose={onClose} />
      ) : defaults.isError ? (
        <ErrorState error={defaults.error} onRetry={() => void defaults.refetch()} />
      ) : (
        <Skeletons rows={4} />
      )}
    </Dialog>
  )
}

/** Days and times are the institution's, whatever the clock of this device. */
function PlanForm({ classId, defaults, onClose }: PlanSessionDialogProps & { defaults: SessionSettings }) {
  const { t } = useTranslation('sessions')
  const notify = useNotify()
  const { timeZone } = useMe().institution
  const { dayAndTime } = useTimeFormat()
  const plan = useSend(planSession, { changes: SHOW_SESSIONS })
  const { minutes, lateAfterMinutes } = defaults
  const form = useForm({
    initial: { day: dayAt(new Date(), timeZone), startsAt: '', minutes, lateAfterMinutes, room: '' },
    schema: planSession.body,
    failureAt: { 'plan-in-the-past': 'startsAt', 'plan-overlaps': 'startsAt' },
    onSubmit: async (body) => {
      const { opensAt } = await plan.mutateAsync({ params: { classId }, body })
      notify.done(t('plan.done', { time: dayAndTime(opensAt) }))
      onClose()
    },
  })
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <ErrorNotice error={form.failure} />
        <TextInput type="date" label={t('plan.day')} data-autofocus {...form.text('day')} />
        <TextInput type="time" label={t('plan.startsAt')} {...form.text('startsAt')} />
        <Group grow align="flex-start">
          <MinutesField
            label={t('plan.minutes')}
            value={form.values.minutes}
            min={1}
            onChange={(value) => form.set('minutes', value)}
          />
          <MinutesField
            label={t('plan.lateAfter')}
            value={form.values.lateAfterMinutes}
            min={0}
            onChange={(value) => form.set('lateAfterMinutes', value)}
          />
        </Group>
        <TextInput label={t('plan.room')} description={t('plan.roomHint')} {...form.text('room')} />
        <Text c="dimmed">{t('plan.zone', { zone: timeZone })}</Text>
        <Button type="submit" loading={form.isSending}>
          {t('plan.submit')}
        </Button>
      </Stack>
    </form>
  )
}
