import { downloadRequestFile, type RequestFile } from '@app/contract'
import { Button, Group } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { saveFile } from '../api/browser.ts'
import { useApi } from '../api/use-api.tsx'
import { useNotify } from './messages.tsx'
import classes from './request-card.module.css'

export function RequestCards({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={classes.cards} aria-label={label}>
      {children}
    </ul>
  )
}

type RequestCardProps = {
  title: ReactNode
  aside: ReactNode
  reason: string
  files: readonly RequestFile[]
  requestId: string
  /** What has been answered, or what can be done. */
  children: ReactNode
}

/** What somebody asked for, with what they sent along; the same for who asks and who answers. */
export function RequestCard({ title, aside, reason, files, requestId, children }: RequestCardProps) {
  return (
    <li className={classes.card}>
      <div className={classes.title}>{title}</div>
      <div className={classes.aside}>{aside}</div>
      <p className={classes.reason}>{reason}</p>
      {files.length > 0 && (
        <Group gap="xs">
          {files.map((file, place) => (
            <FileButton key={file.id} file={file} requestId={requestId} place={place + 1} />
          ))}
        </Group>
      )}
      {children}
    </li>
  )
}

/** Saved, never shown inside the page. */
function FileButton({ file, requestId, place }: { file: RequestFile; requestId: string; place: number }) {
  const { t } = useTranslation('requests')
  const api = useApi()
  const notify = useNotify()
  const save = useMutation({
    mutationFn: async () =>
      saveFile(await api.download(downloadRequestFile, { params: { requestId, fileId: file.id } })),
    onError: notify.failed,
  })
  return (
    <Button
      variant="default"
      leftSection={<IconPaperclip aria-hidden size={18} />}
      loading={save.isPending}
      onClick={() => save.mutate()}
    >
      {t(`file.${file.kind}`, { place })}
    </Button>
  )
}
