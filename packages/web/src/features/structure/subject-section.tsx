import {
  archiveSubject,
  createSubject,
  deleteSubject,
  listDepartments,
  listSubjects,
  type SubjectView,
} from '@app/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, useSend } from '../../api/use-api.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { useColumns } from './columns.tsx'
import { Filters, passes, type TableFilter } from './filters.tsx'
import { ArchiveItem, DeleteItem, EditItem, RowMenu } from './row-menu.tsx'
import { Section } from './section.tsx'
import { SubjectDialog } from './subject-dialog.tsx'

export type SubjectSectionProps = { filter: TableFilter; onFilter: (filter: TableFilter) => void }

const CHANGES = { changes: [listSubjects, listDepartments] }

export function SubjectSection({ filter, onFilter }: SubjectSectionProps) {
  const { t } = useTranslation('structure')
  const columns = useColumns()
  const list = useRead(listSubjects)
  const departments = useRead(listDepartments).data?.departments ?? []
  const [editing, setEditing] = useState<SubjectView | 'new' | null>(null)
  const subjects = list.data?.subjects ?? []
  const shown = subjects.filter(({ code, name, department, archivedAt }) =>
    passes({ archivedAt, partId: department?.id ?? null, words: `${code} ${name}` }, filter),
  )
  return (
    <>
      <Section
        title={t('subjects.heading')}
        add={t('subjects.add')}
        onAdd={() => setEditing('new')}
        list={list}
        count={subjects.length}
        shown={shown.length}
        empty={{ title: t('subjects.empty'), text: t('subjects.emptyText') }}
        filters={
          <Filters
            filter={filter}
            onFilter={onFilter}
            label={t('departments.filter')}
            all={t('departments.all')}
            parts={departments.map(({ id, name }) => ({ value: id, label: name }))}
          />
        }
      >
        <DataTable<SubjectView>
          caption={t('subjects.heading')}
          columns={[
            { key: 'code', title: t('subjects.code'), sortBy: ({ code }) => code, render: ({ code }) => code },
            columns.name(),
            {
              key: 'department',
              title: t('subjects.department'),
              sortBy: ({ department }) => department?.name ?? null,
              render: ({ department }) => department?.name ?? '',
            },
            columns.count(t('classes'), ({ classCount }) => classCount),
            columns.state(),
            columns.actions((subject) => <SubjectMenu subject={subject} onEdit={() => setEditing(subject)} />),
          ]}
          rows={shown}
          keyOf={({ id }) => id}
        />
      </Section>
      {editing !== null && (
        <SubjectDialog subject={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </>
  )
}

function SubjectMenu({ subject, onEdit }: { subject: SubjectView; onEdit: () => void }) {
  const archive = useSend(archiveSubject, CHANGES)
  const remove = useSend(deleteSubject, CHANGES)
  const create = useSend(createSubject, CHANGES)
  const { id, code, name, department, classCount } = subject
  const params = { subjectId: id }
  return (
    <RowMenu name={name}>
      <EditItem onEdit={onEdit} />
      <ArchiveItem row={subject} send={(body) => archive.mutateAsync({ params, body })} />
      {classCount === 0 && (
        <DeleteItem
          name={name}
          remove={() => remove.mutateAsync({ params })}
          makeAgain={() => create.mutateAsync({ body: { code, name, departmentId: department?.id ?? null } })}
        />
      )}
    </RowMenu>
  )
}
