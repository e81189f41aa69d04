import { PHOTO_ZIP_MAX_BYTES, startPhotoBatch } from '@app/contract'
import { Button, FileInput, Progress, Stack, Text } from '@mantine/core'
import '@mantine/core/styles/Progress.css'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiFailure } from '../../api/failure.ts'
import { useApi } from '../../api/use-api.tsx'
import { ErrorNotice, Notice } from '../../ui/states.tsx'

/** What the zip has to be, and what is done with it. */
export function SendZip({ onSent }: { onSent: (batchId: string) => void }) {
  const { t } = useTranslation('photos')
  const api = useApi()
  const [file, setFile] = useState<File | null>(null)
  const [part, setPart] = useState(0)
  const send = useMutation({
    mutationFn: (zip: File) => {
      // Said before the upload: a hundred megabytes take a while to be refused.
      if (zip.size > PHOTO_ZIP_MAX_BYTES) throw new ApiFailure('too-large')
      return api.upload(startPhotoBatch, { file: zip, onProgress: setPart })
    },
    onSuccess: ({ id }) => onSent(id),
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    if (file !== null) send.mutate(file)
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="md" maw={560}>
        <Text>{t('send.how')}</Text>
        <Notice>{t('send.kept')}</Notice>
        <ErrorNotice error={send.error} />
        <FileInput
          label={t('send.file')}
          description={t('send.limits')}
          placeholder={t('send.choose')}
          accept=".zip,application/zip"
          value={file}
          onChange={setFile}
          clearable
          clearButtonProps={{ 'aria-label': t('send.clear') }}
        />
        {send.isPending && <Progress value={part * 100} aria-label={t('send.progress')} />}
        <Button type="submit" disabled={file === null} loading={send.isPending}>
          {t('send.action')}
        </Button>
      </Stack>
    </form>
  )
}
