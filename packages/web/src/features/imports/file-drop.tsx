import { Button, FileButton, Text } from '@mantine/core'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { DropZone } from '../../ui/drop-zone.tsx'

/** A place to drop a spreadsheet, and a button to choose one. */
export function FileDrop({ takesZip, onFile }: { takesZip: boolean; onFile: (file: File) => void }) {
  const { t } = useTranslation('imports')
  return (
    <DropZone onFile={onFile}>
      <IconFileSpreadsheet aria-hidden size={40} stroke={1.25} />
      <Text>{t('drop')}</Text>
      <Text c="dimmed">{t('or')}</Text>
      <FileButton
        accept={takesZip ? '.xlsx,.csv,.zip' : '.xlsx,.csv'}
        onChange={(file) => file !== null && onFile(file)}
      >
        {(props) => <Button {...props}>{t('choose')}</Button>}
      </FileButton>
      <Text size="sm" c="dimmed">
        {t(takesZip ? 'limitsZip' : 'limits')}
      </Text>
    </DropZone>
  )
}
