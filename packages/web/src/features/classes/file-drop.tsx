import { downloadImportTemplate } from '@app/contract'
import { Button, FileButton, Group, Text } from '@mantine/core'
import { IconDownload, IconFileSpreadsheet } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { saveFile } from '../../api/browser.ts'
import { useApi } from '../../api/use-api.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import styles from './file-drop.module.css'

type FileDropProps = { problem: unknown; onFile: (file: File) => void; onCancel: () => void }

/** A place to drop a spreadsheet, a button to choose one, and the template to start from. */
export function FileDrop({ problem, onFile, onCancel }: FileDropProps) {
  const { t } = useTranslation(['classes', 'shell'])
  const api = useApi()
  const notify = useNotify()
  const [isOver, setIsOver] = useState(false)

  function drop(event: DragEvent) {
    event.preventDefault()
    setIsOver(false)
    const file = event.dataTransfer.files.item(0)
    if (file !== null) onFile(file)
  }

  async function saveTemplate(format: 'xlsx' | 'csv') {
    await api.download(downloadImportTemplate, { query: { format } }).then(saveFile, notify.failed)
  }

  return (
    <>
      <ErrorNotice error={problem} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra for the mouse; the button does the same */}
      <div
        className={styles.drop}
        data-over={isOver}
        onDrop={drop}
        onDragOver={(event) => {
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={() => setIsOver(false)}
      >
        <IconFileSpreadsheet aria-hidden size={40} stroke={1.25} />
        <Text>{t('classes:import.drop')}</Text>
        <Text c="dimmed">{t('classes:import.or')}</Text>
        <FileButton accept=".xlsx,.csv" onChange={(file) => file !== null && onFile(file)}>
          {(props) => <Button {...props}>{t('classes:import.choose')}</Button>}
        </FileButton>
        <Text size="sm" c="dimmed">
          {t('classes:import.limits')}
        </Text>
      </div>
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
