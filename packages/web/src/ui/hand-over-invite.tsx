import type { InviteSent } from '@app/contract'
import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CopyButton } from './copy-button.tsx'
import { Dialog } from './dialog.tsx'

/** An invite that no mail has taken: a link, and the code that says the same to whoever types. */
export type HandedOver = { link: string; code: string }

/** What is left to hand on; null where a mail went out. */
export const toHandOver = ({ link, code }: InviteSent): HandedOver | null =>
  link === null || code === null ? null : { link, code }

type HandOverInviteProps = { title: string; invite: HandedOver; onClose: () => void }

/** It is shown this once. */
export function HandOverInvite({ title, invite: { link, code }, onClose }: HandOverInviteProps) {
  const { t } = useTranslation('invites')
  return (
    <Dialog title={title} onClose={onClose}>
      <Stack gap="md">
        <Text>{t('handOver.lead')}</Text>
        <TextInput label={t('handOver.link')} value={link} readOnly onFocus={(event) => event.currentTarget.select()} />
        <CopyButton text={link} label={t('handOver.copy')} variant="filled" />
        <Text>
          {t('handOver.typed', { address: `${window.location.host}/invite` })}{' '}
          <Text span fw={650} style={{ whiteSpace: 'nowrap' }}>
            {code}
          </Text>
        </Text>
        <Button variant="default" onClick={onClose}>
          {t('handOver.done')}
        </Button>
      </Stack>
    </Dialog>
  )
}
