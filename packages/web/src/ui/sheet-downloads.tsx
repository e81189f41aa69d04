import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { saveFile } from '../api/browser.ts'
import { useNotify } from './messages.tsx'

type SheetFormat = 'xlsx' | 'csv'

type SheetDownloadsProps = {
  fetchSheet: (format: SheetFormat) => Promise<Parameters<typeof saveFile>[0]>
  titleOf: (format: SheetFormat) => string
}

/** One button for each format of a sheet; it spins while its file is made, and says so when it fails. */
export function SheetDownloads({ fetchSheet, titleOf }: SheetDownloadsProps) {
  const notify = useNotify()
  const download = useMutation({
    mutationFn: async (format: SheetFormat) => saveFile(await fetchSheet(format)),
    onError: notify.failed,
  })
  return (['xlsx', 'csv'] as const).map((format) => (
    <Button
      key={format}
      variant="default"
      leftSection={<IconDownload aria-hidden size={20} />}
      loading={download.isPending && download.variables === format}
      onClick={() => download.mutate(format)}
    >
      {titleOf(format)}
    </Button>
  ))
}
