import { type Lack, listLackingClasses, type ResultOf } from '@app/contract'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/use-api.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { OverviewList, useClassColumns } from './overview-list.tsx'

type Row = ResultOf<typeof listLackingClasses>['classes'][number]

/** The classes behind a number of the overview. */
export function LackingClassesScreen({ lacks }: { lacks: Lack }) {
  const { t } = useTranslation('overview')
  const list = useRead(listLackingClasses, { query: { lacks } })
  const { className, subjectName } = useClassColumns<Row>()
  const isTeacher = lacks === 'teacher'
  const columns: Column<Row>[] = [
    className,
    subjectName,
    {
      key: 'teachers',
      title: t('columns.teachers'),
      isNumber: true,
      sortBy: ({ teachers }) => teachers,
      render: ({ teachers }) => teachers,
    },
    {
      key: 'students',
      title: t('columns.students'),
      isNumber: true,
      sortBy: ({ students }) => students,
      render: ({ students }) => students,
    },
  ]
  return (
    <OverviewList
      words={{
        title: t(isTeacher ? 'lacking.teacher' : 'lacking.students'),
        lead: t(isTeacher ? 'lacking.teacherLead' : 'lacking.studentsLead'),
        none: t(isTeacher ? 'lacking.noneTeacher' : 'lacking.noneStudents'),
        caption: t('lacking.caption'),
      }}
      answer={list}
      rows={list.data?.classes}
      columns={columns}
      keyOf={({ classId }) => classId}
    />
  )
}
