import { listClassSessions } from '@app/contract'
import { addDays, dayAt, weekOf } from '@app/domain'
import { Button, Group } from '@mantine/core'
import { IconCalendarPlus, IconChevronLeft, IconChevronRight, IconTable } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe, useRead } from '../../api/use-api.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import { FollowTimetableDialog } from './follow-timetable-dialog.tsx'
import { PlanSessionDialog } from './plan-session-dialog.tsx'
import { SessionTable } from './session-table.tsx'

/** The sessions of a class a week at a time: what was, what is planned, and what became of it. */
export function SessionsTab({ classId }: { classId: string }) {
  const { t } = useTranslation(['classes', 'sessions'])
  const { timeZone, weekStart } = useMe().institution
  const weekAt = (at: Date) => weekOf(dayAt(at, timeZone), weekStart)
  const [planning, setPlanning] = useState<'one' | 'many' | null>(null)
  const [shown, setShown] = useState(() => weekAt(new Date()))
  const list = useRead(listClassSessions, { params: { classId } })
  const inWeek = (list.data?.sessions ?? []).filter(({ opensAt }) => weekAt(new Date(opensAt)) === shown).toReversed()
  return (
    <>
      <Group justify="space-between" mb="md" className="no-print">
        <WeekChoice start={shown} onChoose={setShown} present={weekAt(new Date())} />
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconCalendarPlus aria-hidden size={20} />}
            onClick={() => setPlanning('one')}
          >
            {t('sessions:plan.action')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconTable aria-hidden size={20} />}
            onClick={() => setPlanning('many')}
          >
            {t('sessions:follow.action')}
          </Button>
        </Group>
      </Group>
      {list.isPending ? (
        <Skeletons />
      ) : list.isError ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : list.data.sessions.length === 0 ? (
        <EmptyState title={t('classes:sessions.empty')} text={t('classes:sessions.emptyText')} />
      ) : inWeek.length === 0 ? (
        <EmptyState title={t('sessions:week.empty')} text={t('sessions:week.emptyText')} />
      ) : (
        <SessionTable sessions={inWeek} />
      )}
      {planning === 'one' && <PlanSessionDialog classId={classId} onClose={() => setPlanning(null)} />}
      {planning === 'many' && <FollowTimetableDialog classId={classId} onClose={() => setPlanning(null)} />}
    </>
  )
}

type WeekChoiceProps = { start: string; present: string; onChoose: (start: string) => void }

function WeekChoice({ start, present, onChoose }: WeekChoiceProps) {
  const { t } = useTranslation('sessions')
  const { calendarDay } = useTimeFormat()
  return (
    <Group gap="xs">
      <Button variant="default" px="sm" aria-label={t('week.earlier')} onClick={() => onChoose(addDays(start, -7))}>
        <IconChevronLeft aria-hidden size={20} />
      </Button>
      <strong aria-live="polite">
        {t('week.of', { from: calendarDay(start), to: calendarDay(addDays(start, 6)) })}
      </strong>
      <Button variant="default" px="sm" aria-label={t('week.later')} onClick={() => onChoose(addDays(start, 7))}>
        <IconChevronRight aria-hidden size={20} />
      </Button>
      {start !== present && (
        <Button variant="subtle" onClick={() => onChoose(present)}>
          {t('week.present')}
        </Button>
      )}
    </Group>
  )
}
