import { downloadImportTemplate } from '@app/contract'
import { Button, FileButton, Group, Text } from '@mantine/core'
import { IconDownload, IconFileSpreadsheet } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { saveFile } from '../../api/browser.ts'
import { useApi } from '../../api/use-api.tsx'
import { DropZone } from '../../ui/drop-zone.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice } from '../../ui/states.tsx'

type FileDropProps = { problem: unknown; onFile: (file: File) => void; onCancel: () => void }

/** A place to drop a spreadsheet, a button to choose one, and the template to start from. */
export function FileDrop({ problem, onFile, onCancel }: FileDropProps) {
  const { t } = useTranslation(['classes', 'shell'])
  const api = useApi()
  const notify = useNotify()

  async function saveTemplate(format: 'xlsx' | 'csv') {
    await api.download(downloadImportTemplate, { query: { format } }).then(saveFile, notify.failed)
  }

  return (
    <>
      <ErrorNotice error={problem} />
      <DropZone onFile={onFile}>
        <IconFileSpreadsheet aria-hidden size={40} stroke={1.25} />
        <Text>{t('classes:import.drop')}</Text>
        <Text c="dimmed">{t('classes:import.or')}</Text>
        <FileButton accept=".xlsx,.csv" onChange={(file) => file !== null && onFile(file)}>
          {(props) => <Button {...props}>{t('classes:import.choose')}</Button>}
        </FileButton>
        <Text size="sm" c="dimmed">
          {t('classes:import.limits')}
        </Text>
      </DropZone>
      <Group justify="space-between">
        <Group gap="xs">
          {(['xlsx', 'csv'] as const).map((format) => (
            <Button
              key={format}
              variant="default"
              leftSection={<IconDownload aria-hidden size={20} />}
              onClick={() => void saveTemplate(format)}
            >
              {t('classes:import.template')} .{format}
            </Button>
          ))}
        </Group>
        <Button variant="subtle" color="gray" onClick={onCancel}>
          {t('shell:cancel')}
        </Button>
      </Group>
    </>
  )
}
