import { listStaff, reinvitePerson, type StaffMember } from '@app/contract'
import { Button, Stack, Text } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe, useRead, useSend } from '../../api/use-api.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { toHandOver } from '../../ui/hand-over-invite.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { Page } from '../../ui/page.tsx'
import { ErrorState, Skeletons } from '../../ui/states.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { type HandOver, LinkDialog } from './link-dialog.tsx'
import { WaitingTeachers } from './waiting-teachers.tsx'

export function StaffScreen() {
  const { t } = useTranslation('admin')
  const me = useMe()
  const list = useRead(listStaff)
  const [isInviting, setIsInviting] = useState(false)
  const [handOver, setHandOver] = useState<HandOver | null>(null)
  return (
    <Page
      title={t('staff.title')}
      lead={t('staff.lead', { institution: me.institution.name })}
      actions={
        <Button leftSection={<IconUserPlus aria-hidden size={20} />} onClick={() => setIsInviting(true)}>
          {t('invite.action')}
        </Button>
      }
    >
      {list.isPending && <Skeletons />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && <Staff staff={list.data.staff} onHandOver={setHandOver} />}
      {isInviting && (
        <InviteDialog
          onClose={() => setIsInviting(false)}
          onInvited={(made) => {
            setIsInviting(false)
            setHandOver(made)
          }}
        />
      )}
      {handOver !== null && <LinkDialog handOver={handOver} onClose={() => setHandOver(null)} />}
    </Page>
  )
}

type StaffProps = { staff: readonly StaffMember[]; onHandOver: (handOver: HandOver) => void }

function Staff({ staff, onHandOver }: StaffProps) {
  const { t } = useTranslation(['admin', 'shell'])
  const waiting = staff.filter(({ status }) => status === 'awaiting-approval')
  const others = staff.filter(({ status }) => status !== 'awaiting-approval')
  const columns: Column<StaffMember>[] = [
    {
      key: 'name',
      title: t('admin:staff.name'),
      isName: true,
      sortBy: ({ fullName }) => fullName,
      render: ({ fullName }) => fullName,
    },
    { key: 'email', title: t('admin:staff.email'), sortBy: ({ email }) => email, render: ({ email }) => email ?? '' },
    {
      key: 'roles',
      title: t('admin:staff.roles'),
      render: ({ roles }) => roles.map((role) => t(`shell:roleName.${role}`)).join(', '),
    },
    {
      key: 'status',
      title: t('admin:staff.status'),
      sortBy: ({ status }) => status,
      render: ({ status }) => t(`admin:staff.statuses.${status}`),
    },
    {
      key: 'actions',
      title: t('admin:staff.actions'),
      hasHiddenTitle: true,
      render: (member) => member.status === 'invited' && <Reinvite member={member} onHandOver={onHandOver} />,
    },
  ]
  return (
    <Stack gap="xl">
      <WaitingTeachers waiting={waiting} />
      <DataTable
        caption={t('admin:staff.caption')}
        columns={columns}
        rows={others}
        keyOf={({ personId }) => personId}
      />
      {staff.length === 1 && <Text c="dimmed">{t('admin:staff.onlyYou')}</Text>}
    </Stack>
  )
}

function Reinvite({ member, onHandOver }: { member: StaffMember; onHandOver: (handOver: HandOver) => void }) {
  const { t } = useTranslation('admin')
  const notify = useNotify()
  const reinvite = useSend(reinvitePerson)
  const { personId, fullName } = member
  return (
    <Button
      variant="default"
      aria-label={t('staff.reinviteOf', { name: fullName })}
      loading={reinvite.isPending}
      onClick={() =>
        reinvite.mutate(
          { params: { personId } },
          {
            onSuccess: (sent) => onHandOver({ fullName, sentTo: sent.sentTo, invite: toHandOver(sent) }),
            onError: notify.failed,
          },
        )
      }
    >
      {t('staff.reinvite')}
    </Button>
  )
}
