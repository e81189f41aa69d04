import { inviteTeacher, listStaff } from '@app/contract'
import { Button, Checkbox, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMe, useSend } from '../../api/use-api.tsx'
import '../../ui/checkbox-styles.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { toHandOver } from '../../ui/hand-over-invite.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useForm } from '../../ui/use-form.ts'
import type { HandOver } from './link-dialog.tsx'

type InviteDialogProps = { onClose: () => void; onInvited: (handOver: HandOver) => void }

export function InviteDialog({ onClose, onInvited }: InviteDialogProps) {
  const { t } = useTranslation(['admin', 'shell'])
  const me = useMe()
  const invite = useSend(inviteTeacher, { changes: [listStaff] })
  const form = useForm({
    initial: { fullName: '', email: '', roles: ['teacher'] as ('admin' | 'teacher')[] },
    schema: inviteTeacher.body,
    failureAt: { 'email-taken': 'email' },
    onSubmit: async (values) => {
      const sent = await invite.mutateAsync({ body: values })
      onInvited({ fullName: values.fullName, sentTo: sent.sentTo, invite: toHandOver(sent) })
    },
  })
  return (
    <Dialog title={t('admin:invite.title', { institution: me.institution.name })} onClose={onClose}>
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <ErrorNotice error={form.failure} />
          <TextInput label={t('admin:invite.fullName')} autoComplete="off" data-autofocus {...form.text('fullName')} />
          <TextInput label={t('admin:invite.email')} type="email" autoComplete="off" {...form.text('email')} />
          <Checkbox.Group
            label={t('admin:invite.roles')}
            value={form.values.roles}
            error={form.errorOf('roles')}
            onChange={(roles) => form.set('roles', roles as ('admin' | 'teacher')[])}
          >
            <Checkbox value="teacher" label={t('admin:invite.teacher')} />
            <Checkbox value="admin" label={t('admin:invite.admin')} />
          </Checkbox.Group>
          <Button type="submit" loading={form.isSending}>
            {t('admin:invite.submit')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  )
}
