import {
  archiveClass,
  type ClassSummary,
  deleteClass,
  listArchivedClasses,
  listClasses,
  listSubjects,
  listTerms,
} from '@app/contract'
import { Menu } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import { ConfirmByName } from '../../ui/confirm-by-name.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { useColumns } from './columns.tsx'
import { ArchiveItem, EditItem, RowMenu } from './row-menu.tsx'

const CHANGES = { changes: [listClasses, listArchivedClasses, listTerms, listSubjects] }

type ClassTableProps = { classes: readonly ClassSummary[]; onEdit: (summary: ClassSummary) => void }

export function ClassTable({ classes, onEdit }: ClassTableProps) {
  const { t } = useTranslation('structure')
  const shared = useColumns()
  const columns: Column<ClassSummary>[] = [
    {
      ...shared.name<ClassSummary>(),
      render: ({ id, name }) => (
        <TextLink to="/classes/$classId" params={{ classId: id }}>
          {name}
        </TextLink>
      ),
    },
    {
      key: 'subject',
      title: t('classTable.subject'),
      sortBy: ({ subject }) => subject.code,
      render: ({ subject }) => `${subject.code} ${subject.name}`,
    },
    {
      key: 'term',
      title: t('classTable.term'),
      sortBy: ({ term }) => term?.name ?? null,
      render: ({ term }) => term?.name ?? '',
    },
    {
      key: 'room',
      title: t('classTable.room'),
      isExtra: true,
      sortBy: ({ room }) => room || null,
      render: ({ room }) => room,
    },
    {
      key: 'teachers',
      title: t('classTable.teachers'),
      render: ({ teachers }) =>
        teachers.length === 0 ? t('classTable.noTeacher') : teachers.map(({ fullName }) => fullName).join(', '),
    },
    shared.count(t('classTable.students'), ({ studentCount }) => studentCount),
    shared.state(),
    shared.actions((summary) => <ClassMenu summary={summary} onEdit={() => onEdit(summary)} />),
  ]
  return <DataTable caption={t('classTable.title')} columns={columns} rows={classes} keyOf={({ id }) => id} />
}

function ClassMenu({ summary, onEdit }: { summary: ClassSummary; onEdit: () => void }) {
  const { t } = useTranslation('structure')
  const navigate = useNavigate()
  const [isDeleting, setIsDeleting] = useState(false)
  const archive = useSend(archiveClass, CHANGES)
  const { id, name, studentCount } = summary
  const params = { classId: id }
  return (
    <>
      <RowMenu name={name}>
        <EditItem onEdit={onEdit} />
        <Menu.Item onClick={() => void navigate({ to: '/classes/$classId/timetable', params })}>
          {t('classTable.timetable')}
        </Menu.Item>
        <ArchiveItem row={summary} send={(body) => archive.mutateAsync({ params, body })} />
        {studentCount === 0 && <Menu.Item onClick={() => setIsDeleting(true)}>{t('remove')}</Menu.Item>}
      </RowMenu>
      {isDeleting && <DeleteClass summary={summary} onClose={() => setIsDeleting(false)} />}
    </>
  )
}

function DeleteClass({ summary, onClose }: { summary: ClassSummary; onClose: () => void }) {
  const { t } = useTranslation('structure')
  const notify = useNotify()
  const remove = useSend(deleteClass, CHANGES)
  const { id, name } = summary
  return (
    <ConfirmByName
      title={t('classTable.removeTitle', { name })}
      text={t('classTable.removeText')}
      name={name}
      action={t('remove')}
      isSending={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutateAsync({ params: { classId: id } }).then(
          () => {
            notify.done(t('isDeleted', { name }))
            onClose()
          },
          () => {}, // shown in the dialog
        )
      }
    />
  )
}
