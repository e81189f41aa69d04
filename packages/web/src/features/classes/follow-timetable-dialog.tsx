import { getClassTimetable, type PlanRowView, planFromTimetable } from '@app/contract'
import { addDays, dayAt } from '@app/domain'
import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe, useRead, useSend } from '../../api/use-api.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { PlanRows } from '../../ui/plan-rows.tsx'
import { EmptyState, ErrorNotice, ErrorState, Skeletons } from '../../ui/states.tsx'
import { useForm } from '../../ui/use-form.ts'
import { SHOW_SESSIONS } from '../../ui/use-session-steps.ts'

type FollowTimetableProps = { classId: string; onClose: () => void }

/** A class of no term is planned this far ahead. */
const AHEAD_DAYS = 120

/** Makes planned sessions of the weekly times: first what it would do, then it. */
export function FollowTimetableDialog({ classId, onClose }: FollowTimetableProps) {
  const { t } = useTranslation('sessions')
  const { timeZone } = useMe().institution
  const timetable = useRead(getClassTimetable, { params: { classId }, query: {} })
  const today = dayAt(new Date(), timeZone)
  const term = timetable.data?.term
  return (
    <Dialog title={t('follow.title')} onClose={onClose}>
      {timetable.isSuccess ? (
        <Days
          classId={classId}
          range={{
            from: term && term.startsOn > today ? term.startsOn : today,
            until: term && term.endsOn > today ? term.endsOn : addDays(today, AHEAD_DAYS),
          }}
          onClose={onClose}
        />
      ) : timetable.isError ? (
        <ErrorState error={timetable.error} onRetry={() => void timetable.refetch()} />
      ) : (
        <Skeletons rows={3} />
      )}
    </Dialog>
  )
}

type Range = { from: string; until: string }

function Days({ classId, range, onClose }: FollowTimetableProps & { range: Range }) {
  const { t } = useTranslation('sessions')
  const [preview, setPreview] = useState<{ range: Range; rows: PlanRowView[] } | null>(null)
  const check = useSend(planFromTimetable)
  const form = useForm({
    initial: range,
    schema: planFromTimetable.body,
    onSubmit: async (body) => {
      setPreview(null)
      const { rows } = await check.mutateAsync({ params: { classId }, query: { mode: 'check' }, body })
      setPreview({ range: body, rows })
    },
  })
  return (
    <Stack gap="md">
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <Text c="dimmed">{t('follow.lead')}</Text>
          <ErrorNotice error={form.failure} />
          <TextInput type="date" label={t('follow.from')} data-autofocus {...form.text('from')} />
          <TextInput type="date" label={t('follow.until')} {...form.text('until')} />
          <Button type="submit" variant={preview === null ? 'filled' : 'default'} loading={form.isSending}>
            {t('follow.check')}
          </Button>
        </Stack>
      </form>
      {preview !== null && <Preview classId={classId} {...preview} onClose={onClose} />}
    </Stack>
  )
}

type PreviewProps = FollowTimetableProps & { range: Range; rows: readonly PlanRowView[] }

const TELLING = ['new', 'changed', 'gone', 'overlaps', 'not-held'] as const

function Preview({ classId, range, rows, onClose }: PreviewProps) {
  const { t } = useTranslation('sessions')
  const notify = useNotify()
  const commit = useSend(planFromTimetable, { changes: SHOW_SESSIONS })
  if (rows.length === 0) return <EmptyState title={t('follow.noMeetings')} text={t('follow.noMeetingsText')} />
  const count = (outcome: PlanRowView['outcome']) => rows.filter((row) => row.outcome === outcome).length
  const changes = count('new') + count('changed') + count('gone')

  function submit() {
    commit.mutateAsync({ params: { classId }, query: { mode: 'commit' }, body: range }).then(
      () => {
        notify.done(t('follow.done'))
        onClose()
      },
      () => {}, // shown above the button
    )
  }

  return (
    <Stack gap="md">
      <Text aria-live="polite">
        {TELLING.filter((outcome) => count(outcome) > 0)
          .map((outcome) => t(`follow.counts.${outcome}`, { count: count(outcome) }))
          .join(' · ')}
      </Text>
      <ErrorNotice error={commit.error} />
      {changes === 0 ? (
        <Text c="dimmed">{t('follow.nothing')}</Text>
      ) : (
        <Button loading={commit.isPending} onClick={submit}>
          {t('follow.submit')}
        </Button>
      )}
      <PlanRows rows={rows.map((row) => ({ ...row, key: `${row.slotDay} ${row.plan.opensAt} ${row.sessionId}` }))} />
    </Stack>
  )
}
