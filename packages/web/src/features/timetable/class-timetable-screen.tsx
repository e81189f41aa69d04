import {
  type ClashView,
  getClass,
  getClassTimetable,
  type MeetingView,
  type ResultOf,
  type SlotFields,
  type SlotView,
} from '@app/contract'
import { Button, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/use-api.tsx'
import { useDayFormat } from '../../ui/days.ts'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { ClashDialog } from './clash-list.tsx'
import { MeetingDialog } from './meeting-dialog.tsx'
import { SlotDialog } from './slot-dialog.tsx'
import { SlotTable } from './slot-table.tsx'
import classes from './timetable.module.css'
import { WeekSteps } from './week-steps.tsx'
import { WeekView } from './week-view.tsx'

type Props = { classId: string; week: string | null; onWeek: (day: string | null) => void }

/** The weeks of one class, and the weekly times they come from. */
export function ClassTimetableScreen({ classId, week, onWeek }: Props) {
  const { t } = useTranslation(['timetable', 'shell'])
  const summary = useRead(getClass, { params: { classId } })
  const timetable = useRead(getClassTimetable, { params: { classId }, query: week === null ? {} : { week } })
  const [editing, setEditing] = useState<SlotView | 'new' | null>(null)
  const name = summary.data?.name
  return (
    <Page
      title={name === undefined ? t('shell:loading') : t('timetable:ofClass', { name })}
      lead={
        <TextLink to="/classes/$classId" params={{ classId }}>
          {t('timetable:toClass')}
        </TextLink>
      }
      actions={
        <Button leftSection={<IconPlus aria-hidden size={20} />} onClick={() => setEditing('new')}>
          {t('timetable:slots.add')}
        </Button>
      }
    >
      {timetable.isPending && <Skeletons rows={6} />}
      {timetable.isError && <ErrorState error={timetable.error} onRetry={() => void timetable.refetch()} />}
      {timetable.data && (
        <Timetable classId={classId} timetable={timetable.data} editing={editing} onEdit={setEditing} onWeek={onWeek} />
      )}
    </Page>
  )
}

type TimetableProps = {
  classId: string
  timetable: ResultOf<typeof getClassTimetable>
  editing: SlotView | 'new' | null
  onEdit: (slot: SlotView | 'new' | null) => void
  onWeek: (day: string | null) => void
}

function Timetable({ classId, timetable, editing, onEdit, onWeek }: TimetableProps) {
  const { t } = useTranslation('timetable')
  const days = useDayFormat()
  const [chosen, setChosen] = useState<MeetingView | null>(null)
  const [clashes, setClashes] = useState<readonly ClashView[]>([])
  const { week, slots, term } = timetable
  return (
    <>
      <Text c="dimmed" mb="md">
        {term === null
          ? t('noTerm')
          : t('within', { term: term.name, from: days.full(term.startsOn), to: days.full(term.endsOn) })}
      </Text>
      {slots.length === 0 ? (
        <EmptyState title={t('slots.empty')} text={t('slots.emptyText')} />
      ) : (
        <>
          <WeekSteps week={week} onWeek={onWeek} />
          <WeekView week={week} showsClass={false} onMeeting={setChosen} />
          <Title order={2} className={classes.heading}>
            {t('slots.heading')}
          </Title>
          <SlotTable slots={slots} onEdit={onEdit} />
        </>
      )}
      {editing !== null && (
        <SlotDialog
          classId={classId}
          slot={editing === 'new' ? null : editing}
          initial={editing === 'new' ? newSlot(timetable) : fieldsOf(editing)}
          onClashes={setClashes}
          onClose={() => onEdit(null)}
        />
      )}
      {chosen !== null && <MeetingDialog meeting={chosen} onClashes={setClashes} onClose={() => setChosen(null)} />}
      {clashes.length > 0 && <ClashDialog clashes={clashes} onClose={() => setClashes([])} />}
    </>
  )
}

const fieldsOf = ({ id: _, ...fields }: SlotView): SlotFields => fields

/** As long as the last one, for what is left of the term; without a term, for the rest of the year. */
function newSlot({ slots, term, week }: ResultOf<typeof getClassTimetable>): SlotFields {
  const last = slots.at(-1)
  const validFrom = term !== null && term.startsOn > week.today ? term.startsOn : week.today
  return {
    weekday: last?.weekday ?? 1,
    startsAt: last?.startsAt ?? '09:00',
    minutes: last?.minutes ?? 60,
    room: '',
    validFrom,
    validUntil: term !== null && term.endsOn >= validFrom ? term.endsOn : `${validFrom.slice(0, 4)}-12-31`,
  }
}
