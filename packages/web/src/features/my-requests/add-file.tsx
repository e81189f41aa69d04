import { addRequestFile, listMyRequests, REQUEST_FILE_MAX_BYTES, REQUEST_FILES_MAX } from '@app/contract'
import { Button, FileButton } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ApiFailure } from '../../api/failure.ts'
import { readKey, useApi } from '../../api/use-api.tsx'
import { useNotify } from '../../ui/messages.tsx'

/** A picture or a PDF beside an open request; a phone offers its camera. */
export function AddFile({ requestId, fileCount }: { requestId: string; fileCount: number }) {
  const { t } = useTranslation('requests')
  const api = useApi()
  const cache = useQueryClient()
  const notify = useNotify()
  const add = useMutation({
    mutationFn: (file: File) => {
      // Said before the upload: on a phone five megabytes take a while to be refused.
      if (file.size > REQUEST_FILE_MAX_BYTES) throw new ApiFailure('too-large')
      return api.upload(addRequestFile, { params: { requestId }, file })
    },
    onSuccess: () => {
      notify.done(t('file.added'))
      void cache.invalidateQueries({ queryKey: readKey(listMyRequests) })
    },
    onError: notify.failed,
  })
  if (fileCount >= REQUEST_FILES_MAX) return null
  return (
    <FileButton accept="image/jpeg,image/png,image/webp,application/pdf" onChange={(file) => file && add.mutate(file)}>
      {(props) => (
        <Button
          {...props}
          variant="default"
          loading={add.isPending}
          leftSection={<IconPaperclip aria-hidden size={18} />}
        >
          {t('file.add')}
        </Button>
      )}
    </FileButton>
  )
}
