import { changePlan, type ResultOf, type SessionView } from '@app/contract'
import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe, useSend } from '../api/use-api.tsx'
import { shownIn } from './days.ts'
import { Dialog } from './dialog.tsx'
import { useNotify } from './messages.tsx'
import './radio-styles.ts'
import { MinutesField } from './minutes-field.tsx'
import { PlanRows } from './plan-rows.tsx'
import { ErrorNotice } from './states.tsx'
import { useForm } from './use-form.ts'
import { SHOW_SESSIONS } from './use-session-steps.ts'

type ChangePlanDialogProps = { session: SessionView; onClose: () => void }
type Scope = 'one' | 'following'
type Values = { day: string; startsAt: string; minutes: number; room: string }
type Rows = ResultOf<typeof changePlan>['rows']

const MINUTE_MS = 60_000

/** Moves a planned session, or it and those that follow, after showing what becomes of each. */
export function ChangePlanDialog({ session, onClose }: ChangePlanDialogProps) {
  const { t } = useTranslation('sessions')
  const notify = useNotify()
  const { timeZone } = useMe().institution
  const { day, time } = shownIn(timeZone, new Date(session.opensAt))
  const [scope, setScope] = useState<Scope>('one')
  const [preview, setPreview] = useState<{ values: Values; scope: Scope; rows: Rows } | null>(null)
  const change = useSend(changePlan, { changes: SHOW_SESSIONS })
  const form = useForm<Values>({
    initial: {
      day,
      startsAt: time,
      minutes: Math.round((Date.parse(session.closesAt) - Date.parse(session.opensAt)) / MINUTE_MS),
      room: session.room ?? '',
    },
    schema: changePlan.body.shape.change.options[0].omit({ kind: true }),
    failureAt: { 'plan-in-the-past': 'startsAt', 'plan-overlaps': 'startsAt' },
    onSubmit: async (values) => {
      setPreview(null)
      setPreview({ values, scope, rows: (await send('check', values, scope)).rows })
    },
  })

  const send = (mode: 'check' | 'commit', values: Values, chosen: Scope) =>
    change.mutateAsync({
      params: { sessionId: session.id },
      query: { mode },
      body: {
        scope: chosen,
        change: { kind: 'move', ...values, day: chosen === 'one' ? values.day : null },
      },
    })

  function commit({ values, scope: chosen }: { values: Values; scope: Scope }) {
    send('commit', values, chosen).then(
      ({ rows }) => {
        notify.done(t('change.done', { count: rows.filter(({ outcome }) => outcome === 'changed').length }))
        onClose()
      },
      () => {}, // shown above the button
    )
  }

  const hasChange = preview?.rows.some(({ outcome }) => outcome === 'changed') ?? false
  return (
    <Dialog title={t('change.title')} onClose={onClose}>
      <Stack gap="md">
        <form onSubmit={form.submit} noValidate>
          <Stack gap="md">
            <ErrorNotice error={form.failure} />
            {session.isFromTimetable && (
              <Radio.Group
                label={t('change.scope')}
                value={scope}
                onChange={(next) => setScope(next === 'following' ? 'following' : 'one')}
              >
                <Radio value="one" label={t('cancel.one')} />
                <Radio value="following" label={t('cancel.following')} />
              </Radio.Group>
            )}
            {scope === 'one' && <TextInput type="date" label={t('plan.day')} {...form.text('day')} />}
            <TextInput type="time" label={t('plan.startsAt')} data-autofocus {...form.text('startsAt')} />
            {scope === 'following' && <Text c="dimmed">{t('change.dayHint')}</Text>}
            <Group grow align="flex-start">
              <MinutesField
                label={t('plan.minutes')}
                value={form.values.minutes}
                min={1}
                onChange={(value) => form.set('minutes', value)}
              />
              <TextInput label={t('plan.room')} {...form.text('room')} />
            </Group>
            <Text c="dimmed">{t('plan.zone', { zone: timeZone })}</Text>
            <Button type="submit" variant={preview === null ? 'filled' : 'default'} loading={form.isSending}>
              {t('change.check')}
            </Button>
          </Stack>
        </form>
        {preview !== null && (
          <>
            <ErrorNotice error={change.error} />
            {hasChange ? (
              <Button loading={change.isPending} onClick={() => commit(preview)}>
                {t('change.submit')}
              </Button>
            ) : (
              <Text c="dimmed">{t('change.nothing')}</Text>
            )}
            <PlanRows rows={preview.rows.map((row) => ({ ...row, key: row.sessionId, because: null }))} />
          </>
        )}
      </Stack>
    </Dialog>
  )
}
