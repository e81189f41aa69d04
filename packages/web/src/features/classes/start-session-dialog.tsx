import { type ClassSummary, getClass, listClasses, listClassSessions, type Method, startSession } from '@app/contract'
import { Button, Checkbox, Group, NumberInput, Stack, Text } from '@mantine/core'
import '@mantine/core/styles/NumberInput.css'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import '../../ui/checkbox-styles.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useNow, useTimeFormat } from '../../ui/time.tsx'

const MINUTE_MS = 60_000
const LONGEST_MINUTES = 480

/** Opens ready to start: one more tap does it; what differs today can be changed first. */
export function StartSessionDialog({ summary, onClose }: { summary: ClassSummary; onClose: () => void }) {
  const { t } = useTranslation(['classes', 'shell'])
  const navigate = useNavigate()
  const { time } = useTimeFormat()
  const now = useNow(15_000)
  const [minutes, setMinutes] = useState(60)
  const [lateAfterMinutes, setLateAfterMinutes] = useState(10)
  const [methods, setMethods] = useState<Method[]>(['face', 'code'])
  const start = useSend(startSession, { changes: [listClasses, getClass, listClassSessions] })

  /** The list learns of the session first and takes this dialog away: where it leads must not hang on the dialog. */
  function submit() {
    start.mutateAsync({ params: { classId: summary.id }, body: { minutes, lateAfterMinutes, methods } }).then(
      ({ id }) => navigate({ to: '/sessions/$sessionId', params: { sessionId: id } }),
      () => {}, // shown in the dialog
    )
  }

  const end = time(new Date(now.getTime() + minutes * MINUTE_MS))
  const late = time(new Date(now.getTime() + lateAfterMinutes * MINUTE_MS))
  return (
    <Dialog title={`${t('classes:start.title')}: ${summary.name}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Stack gap="md">
          <ErrorNotice error={start.error} />
          <Group grow align="flex-start">
            <Minutes label={t('classes:start.minutes')} value={minutes} min={1} onChange={setMinutes} />
            <Minutes
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
    </Dialog>
  )
}

type MinutesProps = { label: string; value: number; min: number; onChange: (value: number) => void }

function Minutes({ label, value, min, onChange }: MinutesProps) {
  const { t } = useTranslation('classes')
  return (
    <NumberInput
      label={label}
      suffix={` ${t('start.minutesUnit')}`}
      value={value}
      min={min}
      max={LONGEST_MINUTES}
      step={5}
      clampBehavior="strict"
      allowDecimal={false}
      hideControls
      onChange={(next) => onChange(typeof next === 'number' ? next : min)}
    />
  )
}
