import { type ClashView, getTeacherTimetable, listStaff, type MeetingView } from '@app/contract'
import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe, useRead } from '../../api/use-api.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { ClashDialog } from './clash-list.tsx'
import { MeetingDialog } from './meeting-dialog.tsx'
import classes from './timetable.module.css'
import { WeekSteps } from './week-steps.tsx'
import { WeekView } from './week-view.tsx'

export type WeekChoice = { week: string | null; teacherId: string | null }
type Props = { choice: WeekChoice; onChoice: (choice: WeekChoice) => void }

/** A teacher's own week; an admin sees anybody's. */
export function WeekScreen({ choice, onChoice }: Props) {
  const { t } = useTranslation('timetable')
  const { personId, roles } = useMe()
  const isAdmin = roles.includes('admin')
  const own = roles.includes('teacher') ? personId : null
  const teacherId = isAdmin ? (choice.teacherId ?? own) : own
  return (
    <Page title={teacherId === null || teacherId === personId ? t('mine') : t('chosen')} lead={t('mineLead')}>
      {isAdmin && (
        <TeacherChoice
          teacherId={teacherId}
          onChoose={(id) => onChoice({ ...choice, teacherId: id === own ? null : id })}
        />
      )}
      {teacherId === null ? (
        <EmptyState title={t('chooseNone')} text={t('chooseText')} />
      ) : (
        <TeacherWeek teacherId={teacherId} week={choice.week} onWeek={(week) => onChoice({ ...choice, week })} />
      )}
    </Page>
  )
}

type TeacherChoiceProps = { teacherId: string | null; onChoose: (id: string | null) => void }

function TeacherChoice({ teacherId, onChoose }: TeacherChoiceProps) {
  const { t } = useTranslation('timetable')
  const staff = useRead(listStaff).data?.staff ?? []
  const teachers = staff.filter(({ roles }) => roles.includes('teacher'))
  return (
    <NativeSelect
      className={classes.teacher}
      label={t('choose')}
      value={teacherId ?? ''}
      onChange={({ currentTarget }) => onChoose(currentTarget.value || null)}
      data={[
        ...(teacherId === null ? [{ value: '', label: t('chooseNone') }] : []),
        ...teachers.map(({ personId, fullName }) => ({ value: personId, label: fullName })),
      ]}
    />
  )
}

type TeacherWeekProps = { teacherId: string; week: string | null; onWeek: (day: string | null) => void }

function TeacherWeek({ teacherId, week, onWeek }: TeacherWeekProps) {
  const timetable = useRead(getTeacherTimetable, {
    params: { personId: teacherId },
    query: week === null ? {} : { week },
  })
  const [chosen, setChosen] = useState<MeetingView | null>(null)
  const [clashes, setClashes] = useState<readonly ClashView[]>([])
  if (timetable.isPending) return <Skeletons rows={6} />
  if (timetable.isError) return <ErrorState error={timetable.error} onRetry={() => void timetable.refetch()} />
  return (
    <>
      <WeekSteps week={timetable.data.week} onWeek={onWeek} />
      <WeekView week={timetable.data.week} showsClass onMeeting={setChosen} />
      {chosen !== null && <MeetingDialog meeting={chosen} onClashes={setClashes} onClose={() => setChosen(null)} />}
      {clashes.length > 0 && <ClashDialog clashes={clashes} onClose={() => setClashes([])} />}
    </>
  )
}
