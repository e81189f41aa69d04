import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

/** An invite that was made: `link` only where no mail is sent. */
export type HandOver = { fullName: string; sentTo: string | null; link: string | null }

export function LinkDialog({ handOver, onClose }: { handOver: HandOver; onClose: () => void }) {
  const { t } = useTranslation(['admin', 'shell'])
  const { fullName, sentTo, link } = handOver
  const title = link === null ? t('admin:invite.sent') : t('admin:invite.linkTitle', { name: fullName })
  return (
    <Dialog title={title} onClose={onClose}>
      <Stack gap="md">
        {link === null ? (
          <Text>{t('admin:invite.sentTo', { email: sentTo ?? '' })}</Text>
        ) : (
          <>
            <Text>{t('admin:invite.linkText')}</Text>
            <TextInput
              label={t('admin:invite.link')}
              value={link}
              readOnly
              onFocus={(event) => event.currentTarget.select()}
            />
            <CopyButton text={link} label={t('admin:invite.copy')} variant="filled" />
          </>
        )}
        <Button variant="default" onClick={onClose}>
          {t('admin:invite.done')}
        </Button>
      </Stack>
    </Dialog>
  )
}
