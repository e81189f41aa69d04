import { Button, type ButtonProps } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnnounce } from './announcer.tsx'
import { useNotify } from './messages.tsx'

/** Copies a text and says that it did. */
export function CopyButton({ text, label, ...props }: { text: string; label?: string } & ButtonProps) {
  const { t } = useTranslation()
  const announce = useAnnounce()
  const notify = useNotify()
  const [isCopied, setIsCopied] = useState(false)

  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setIsCopied(true)
      announce(t('copied'))
      setTimeout(() => setIsCopied(false), 2000)
    } catch {
      notify.done(t('copyFailed'))
    }
  }

  return (
    <Button
      variant="default"
      leftSection={isCopied ? <IconCheck aria-hidden size={18} /> : <IconCopy aria-hidden size={18} />}
      onClick={() => void copy()}
      {...props}
    >
      {isCopied ? t('copied') : (label ?? t('copy'))}
    </Button>
  )
}
