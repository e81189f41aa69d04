import { Button, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/dialog.tsx'
import { type HandedOver, HandOverInvite } from '../../ui/hand-over-invite.tsx'

/** An invite that was made: `invite` only where no mail is sent. */
export type HandOver = { fullName: string; sentTo: string | null; invite: HandedOver | null }

export function LinkDialog({ handOver, onClose }: { handOver: HandOver; onClose: () => void }) {
  const { t } = useTranslation('admin')
  const { fullName, sentTo, invite } = handOver
  if (invite !== null)
    return <HandOverInvite title={t('invite.linkTitle', { name: fullName })} invite={invite} onClose={onClose} />
  return (
    <Dialog title={t('invite.sent')} onClose={onClose}>
      <Stack gap="md">
        <Text>{t('invite.sentTo', { email: sentTo ?? '' })}</Text>
        <Button variant="default" onClick={onClose}>
          {t('invite.done')}
        </Button>
      </Stack>
    </Dialog>
  )
}
