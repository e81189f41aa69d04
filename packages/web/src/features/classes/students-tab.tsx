import {
  type ClassStudent,
  type InviteSheet,
  inviteClassStudents,
  listClassStudents,
  makeClassInviteSheet,
} from '@app/contract'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconMail, IconPlus, IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, useSend } from '../../api/use-api.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { InviteLinks, type Invites } from '../../ui/invite-links.tsx'
import { InviteSheetView } from '../../ui/invite-sheet.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { StudentMenu } from './student-menu.tsx'

type View = { kind: 'list' } | { kind: 'links'; invites: Invites } | { kind: 'sheet'; sheet: InviteSheet }

export function StudentsTab({ classId }: { classId: string }) {
  const list = useRead(listClassStudents, { params: { classId } })
  const [view, setView] = useState<View>({ kind: 'list' })

  if (view.kind === 'sheet') return <InviteSheetView sheet={view.sheet} onDone={() => setView({ kind: 'list' })} />
  if (view.kind === 'links') return <InviteLinks invites={view.invites} onDone={() => setView({ kind: 'list' })} />
  if (list.isPending) return <Skeletons />
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  return (
    <StudentList
      classId={classId}
      students={list.data.students}
      onInvites={(invites) => setView({ kind: 'links', invites })}
      onSheet={(sheet) => setView({ kind: 'sheet', sheet })}
    />
  )
}

type StudentListProps = {
  classId: string
  students: readonly ClassStudent[]
  onInvites: (invites: Invites) => void
  onSheet: (sheet: InviteSheet) => void
}

function StudentList({ classId, students, onInvites, onSheet }: StudentListProps) {
  const { t } = useTranslation('classes')
  const notify = useNotify()
  const invite = useSend(inviteClassStudents)
  const print = useSend(makeClassInviteSheet)
  const [filter, setFilter] = useState('')
  const invited = students.filter(({ account }) => account === 'invited').length
  const shown = students.filter((student) => matches(student, filter))
  const importButton = (
    <ButtonLink to="/import" search={{ classId }} leftSection={<IconPlus aria-hidden size={20} />}>
      {t('students.import')}
    </ButtonLink>
  )
  if (students.length === 0) {
    return <EmptyState title={t('students.empty')} text={t('students.emptyText')} action={importButton} />
  }
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-end">
        <TextInput
          label={t('students.filter')}
          type="search"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        <Group gap="xs">
          {invited > 0 && (
            <Button
              variant="default"
              leftSection={<IconMail aria-hidden size={20} />}
              loading={invite.isPending}
              onClick={() => invite.mutate({ params: { classId } }, { onSuccess: onInvites, onError: notify.failed })}
            >
              {t('students.invites')}
            </Button>
          )}
          {invited > 0 && (
            <Button
              variant="default"
              leftSection={<IconPrinter aria-hidden size={20} />}
              loading={print.isPending}
              onClick={() => print.mutate({ params: { classId } }, { onSuccess: onSheet, onError: notify.failed })}
            >
              {t('students.printInvites')}
            </Button>
          )}
          {importButton}
        </Group>
      </Group>
      {invited > 0 && <Text c="dimmed">{t('students.invitesHint', { count: invited })}</Text>}
      <StudentTable classId={classId} students={shown} onInvites={onInvites} />
      {shown.length === 0 && <Text c="dimmed">{t('students.filterNone', { text: filter })}</Text>}
    </Stack>
  )
}

function StudentTable({ classId, students, onInvites }: Omit<StudentListProps, 'onSheet'>) {
  const { t } = useTranslation('classes')
  const columns: Column<ClassStudent>[] = [
    { key: 'rollNo', title: t('students.rollNo'), sortBy: ({ rollNo }) => rollNo, render: ({ rollNo }) => rollNo },
    {
      key: 'name',
      title: t('students.name'),
      isName: true,
      sortBy: ({ fullName }) => fullName,
      render: ({ fullName }) => fullName,
    },
    {
      key: 'email',
      title: t('students.email'),
      isExtra: true,
      sortBy: ({ email }) => email,
      render: ({ email }) => email ?? '',
    },
    {
      key: 'batch',
      title: t('students.batch'),
      isExtra: true,
      sortBy: ({ batch }) => batch,
      render: ({ batch }) => batch ?? '',
    },
    {
      key: 'account',
      title: t('students.account'),
      sortBy: ({ account }) => account,
      render: ({ account }) => t(`students.accounts.${account}`),
    },
    {
      key: 'face',
      title: t('students.face'),
      sortBy: ({ face }) => face,
      render: ({ face }) => t(`students.faces.${face}`),
    },
    {
      key: 'actions',
      title: t('students.actions', { name: '' }).trim(),
      hasHiddenTitle: true,
      render: (student) => <StudentMenu classId={classId} student={student} onInvites={onInvites} />,
    },
  ]
  return (
    <DataTable caption={t('students.caption')} columns={columns} rows={students} keyOf={({ personId }) => personId} />
  )
}

function matches({ rollNo, fullName, email, batch, department }: ClassStudent, filter: string): boolean {
  const wanted = filter.trim().toLowerCase()
  return [rollNo, fullName, email, batch, department].some((value) => value?.toLowerCase().includes(wanted) === true)
}
