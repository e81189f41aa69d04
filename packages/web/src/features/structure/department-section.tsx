import {
  archiveDepartment,
  createDepartment,
  type DepartmentView,
  deleteDepartment,
  listDepartments,
  listSubjects,
  renameDepartment,
} from '@app/contract'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, useSend } from '../../api/use-api.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { useForm } from '../../ui/use-form.ts'
import { useColumns } from './columns.tsx'
import { FormDialog } from './form-dialog.tsx'
import { ArchiveItem, DeleteItem, EditItem, RowMenu } from './row-menu.tsx'
import { Section } from './section.tsx'

const CHANGES = { changes: [listDepartments, listSubjects] }

export function DepartmentSection({ showArchived }: { showArchived: boolean }) {
  const { t } = useTranslation('structure')
  const columns = useColumns()
  const list = useRead(listDepartments)
  const [editing, setEditing] = useState<DepartmentView | 'new' | null>(null)
  const departments = list.data?.departments ?? []
  const shown = departments.filter(({ archivedAt }) => showArchived || archivedAt === null)
  return (
    <>
      <Section
        title={t('departments.heading')}
        add={t('departments.add')}
        onAdd={() => setEditing('new')}
        list={list}
        count={departments.length}
        shown={shown.length}
        empty={{ title: t('departments.empty'), text: t('departments.emptyText') }}
      >
        <DataTable<DepartmentView>
          caption={t('departments.heading')}
          columns={[
            columns.name(),
            columns.count(t('departments.subjects'), ({ subjectCount }) => subjectCount),
            columns.count(t('departments.people'), ({ peopleCount }) => peopleCount),
            columns.state(),
            columns.actions((department) => (
              <DepartmentMenu department={department} onEdit={() => setEditing(department)} />
            )),
          ]}
          rows={shown}
          keyOf={({ id }) => id}
        />
      </Section>
      {editing !== null && (
        <DepartmentDialog department={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </>
  )
}

function DepartmentDialog({ department, onClose }: { department: DepartmentView | null; onClose: () => void }) {
  const { t } = useTranslation('structure')
  const notify = useNotify()
  const create = useSend(createDepartment, CHANGES)
  const rename = useSend(renameDepartment, CHANGES)
  const form = useForm({
    initial: { name: department?.name ?? '' },
    schema: createDepartment.body,
    failureAt: { 'department-name-taken': 'name' },
    onSubmit: async (body) => {
      await (department === null
        ? create.mutateAsync({ body })
        : rename.mutateAsync({ params: { departmentId: department.id }, body }))
      notify.done(t('isSaved', body))
      onClose()
    },
  })
  return (
    <FormDialog
      title={department === null ? t('departments.add') : t('editOf', { name: department.name })}
      form={form}
      onClose={onClose}
    >
      <TextInput
        label={t('name')}
        description={department === null ? undefined : t('departments.renameHint')}
        autoComplete="off"
        data-autofocus
        {...form.text('name')}
      />
    </FormDialog>
  )
}

function DepartmentMenu({ department, onEdit }: { department: DepartmentView; onEdit: () => void }) {
  const archive = useSend(archiveDepartment, CHANGES)
  const remove = useSend(deleteDepartment, CHANGES)
  const create = useSend(createDepartment, CHANGES)
  const { id, name, subjectCount, peopleCount } = department
  const params = { departmentId: id }
  return (
    <RowMenu name={name}>
      <EditItem onEdit={onEdit} />
      <ArchiveItem row={department} send={(body) => archive.mutateAsync({ params, body })} />
      {subjectCount === 0 && peopleCount === 0 && (
        <DeleteItem
          name={name}
          remove={() => remove.mutateAsync({ params })}
          makeAgain={() => create.mutateAsync({ body: { name } })}
        />
      )}
    </RowMenu>
  )
}
