import { type Lack, listLackingClasses, type ResultOf } from '@app/contract'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/use-api.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { TextLink } from '../../ui/text-link.tsx'

type Row = ResultOf<typeof listLackingClasses>['classes'][number]

/** The classes behind a number of the overview. */
export function LackingClassesScreen({ lacks }: { lacks: Lack }) {
  const { t } = useTranslation('overview')
  const list = useRead(listLackingClasses, { query: { lacks } })
  const back = (
    <ButtonLink variant="default" to="/overview">
      {t('back')}
    </ButtonLink>
  )
  const isTeacher = lacks === 'teacher'
  const columns: Column<Row>[] = [
    {
      key: 'name',
      title: t('lacking.name'),
      isName: true,
      sortBy: ({ className }) => className,
      render: ({ classId, className }) => (
        <TextLink to="/classes/$classId" params={{ classId }}>
          {className}
        </TextLink>
      ),
    },
    {
      key: 'subject',
      title: t('lacking.subject'),
      sortBy: ({ subjectName }) => subjectName,
      render: ({ subjectName }) => subjectName,
    },
    {
      key: 'teachers',
      title: t('lacking.teachers'),
      isNumber: true,
      sortBy: ({ teachers }) => teachers,
      render: ({ teachers }) => teachers,
    },
    {
      key: 'students',
      title: t('lacking.attending'),
      isNumber: true,
      sortBy: ({ students }) => students,
      render: ({ students }) => students,
    },
  ]
  return (
    <Page
      title={t(isTeacher ? 'lacking.teacher' : 'lacking.students')}
      lead={t(isTeacher ? 'lacking.teacherLead' : 'lacking.studentsLead')}
      actions={back}
    >
      {list.isPending && <Skeletons />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.classes.length === 0 && (
        <EmptyState title={t(isTeacher ? 'lacking.noneTeacher' : 'lacking.noneStudents')} />
      )}
      {list.data !== undefined && list.data.classes.length > 0 && (
        <DataTable
          caption={t('lacking.caption')}
          columns={columns}
          rows={list.data.classes}
          keyOf={({ classId }) => classId}
        />
      )}
    </Page>
  )
}
