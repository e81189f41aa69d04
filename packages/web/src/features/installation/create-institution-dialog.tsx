import { createInstitution, type InviteSent, listInstitutions } from '@app/contract'
import { Button, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { type HandedOver, HandOverInvite, toHandOver } from '../../ui/hand-over-invite.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useForm } from '../../ui/use-form.ts'

type Made = { name: string; invite: HandedOver }

/** A new institution and the invite of its first administrator. */
export function CreateInstitutionDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('installation')
  const notify = useNotify()
  const [made, setMade] = useState<Made | null>(null)
  if (made !== null)
    return (
      <HandOverInvite
        title={t('create.linkTitle', { institution: made.name })}
        invite={made.invite}
        onClose={onClose}
      />
    )
  return (
    <Dialog title={t('create.title')} onClose={onClose}>
      <CreateForm
        onMade={(name, sent) => {
          const invite = toHandOver(sent)
          if (invite !== null) return setMade({ name, invite })
          notify.done(t('create.sent', { institution: name, email: sent.sentTo ?? '' }))
          onClose()
        }}
      />
    </Dialog>
  )
}

type CreateFormProps = { onMade: (name: string, invite: InviteSent) => void }

function CreateForm({ onMade }: CreateFormProps) {
  const { t } = useTranslation('installation')
  const create = useSend(createInstitution, { changes: [listInstitutions] })
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  const form = useForm({
    initial: { name: '', timeZone: here, locale: navigator.language, adminName: '', adminEmail: '' },
    schema: createInstitution.body,
    onSubmit: async (body) => onMade(body.name, (await create.mutateAsync({ body })).invite),
  })
  const zones = Intl.supportedValuesOf('timeZone')
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <ErrorNotice error={form.failure} />
        <TextInput label={t('create.name')} autoComplete="off" data-autofocus {...form.text('name')} />
        <NativeSelect
          label={t('create.timeZone')}
          data={zones.includes(here) ? zones : [here, ...zones]}
          {...form.text('timeZone')}
        />
        <TextInput label={t('create.locale')} autoComplete="off" {...form.text('locale')} />
        <Text fw={600}>{t('create.admin')}</Text>
        <TextInput label={t('create.adminName')} autoComplete="off" {...form.text('adminName')} />
        <TextInput label={t('create.adminEmail')} type="email" autoComplete="off" {...form.text('adminEmail')} />
        <Button type="submit" loading={form.isSending}>
          {t('create.submit')}
        </Button>
      </Stack>
    </form>
  )
}
