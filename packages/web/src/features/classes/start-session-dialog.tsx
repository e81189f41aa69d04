import { type ClassSummary, getSessionDefaults, type Method, type SessionSettings, startSession } from '@app/contract'
import { Button, Checkbox, Group, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, useSend } from '../../api/use-api.tsx'
import '../../ui/checkbox-styles.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { MinutesField } from '../../ui/minutes-field.tsx'
import { ErrorNotice, ErrorState, Skeletons } from '../../ui/states.tsx'
import { useNow, useTimeFormat } from '../../ui/time.tsx'
import { SHOW_SESSIONS } from '../../ui/use-session-steps.ts'

const MINUTE_MS = 60_000

type StartSessionDialogProps = { summary: Pick<ClassSummary, 'id' | 'name'>; onClose: () => void }

/** Opens ready to start as the class's policy says: one more tap does it; what differs today can be changed first. */
export function StartSessionDialog({ summary, onClose }: StartSessionDialogProps) {
  const { t } = useTranslation('classes')
  const defaults = useRead(getSessionDefaults, { params: { classId: summary.id } })
  return (
    <Dialog title={`${t('start.title')}: ${summary.name}`} onClose={onClose}>
      {defaults.data !== undefined ? (
        <StartForm classId={summary.id} defaults={defaults.data} />
      ) : defaults.isError ? (
        <ErrorState error={defaults.error} onRetry={() => void defaults.refetch()} />
      ) : (
        <Skeletons rows={3} />
      )}
    </Dialog>
  )
}

function StartForm({ classId, defaults }: { classId: string; defaults: SessionSettings }) {
  const { t } = useTranslation(['classes', 'shell'])
  const navigate = useNavigate()
  const { time } = useTimeFormat()
  const now = useNow(15_000)
  const [minutes, setMinutes] = useState(defaults.minutes)
  const [lateAfterMinutes, setLateAfterMinutes] = useState(defaults.lateAfterMinutes)
  const [methods, setMethods] = useState<Method[]>(defaults.methods)
  const start = useSend(startSession, { changes: SHOW_SESSIONS })

  /** The list learns of the session first and takes this dialog away: where it leads must not hang on the dialog. */
  function submit() {
    start.mutateAsync({ params: { classId }, body: { minutes, lateAfterMinutes, methods } }).then(
      ({ id }) => navigate({ to: '/sessions/$sessionId', params: { sessionId: id } }),
      () => {}, // shown in the dialog
    )
  }

  const end = time(new Date(now.getTime() + minutes * MINUTE_MS))
  const late = time(new Date(now.getTime() + lateAfterMinutes * MINUTE_MS))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Stack gap="md">
        <ErrorNotice error={start.error} />
        <Group grow align="flex-start">
          <MinutesField label={t('classes:start.minutes')} value={minutes} min={1} onChange={setMinutes} />
          <MinutesField
            label={t('classes:start.lateAfter')}
            value={lateAfterMinutes}
            min={0}
            onChange={setLateAfterMinutes}
          />
        </Group>
        <Checkbox.Group
          label={t('classes:start.methods')}
          value={methods}
          onChange={(chosen) => setMethods(chosen as Method[])}
          error={methods.length === 0 ? t('shell:field.required') : undefined}
        >
          <Checkbox value="face" label={t('classes:start.face')} />
          <Checkbox value="code" label={t('classes:start.code')} />
        </Checkbox.Group>
        <Text c="dimmed">
          {lateAfterMinutes < minutes
            ? t('classes:start.summary', { end, late })
            : t('classes:start.neverLate', { end })}
        </Text>
        <Button type="submit" data-autofocus disabled={methods.length === 0} loading={start.isPending}>
          {t('classes:start.action')}
        </Button>
      </Stack>
    </form>
  )
}
