import { Button, FileButton, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DropZone } from '../../ui/drop-zone.tsx'

type ReceiptDropProps = { name: string | null; problem: string | null; onFile: (file: File) => void }

/** A place to drop the receipt, and a button to choose it. */
export function ReceiptDrop({ name, problem, onFile }: ReceiptDropProps) {
  const { t } = useTranslation('audit')
  return (
    <DropZone onFile={onFile}>
      {name === null ? (
        <>
          <Text>{t('check.drop')}</Text>
          <Text c="dimmed">{t('check.or')}</Text>
        </>
      ) : (
        <Text style={{ overflowWrap: 'anywhere' }}>{t('check.chosen', { name })}</Text>
      )}
      <FileButton accept=".json,application/json" onChange={(file) => file !== null && onFile(file)}>
        {(props) => (
          <Button variant="default" {...props}>
            {t(name === null ? 'check.choose' : 'check.another')}
          </Button>
        )}
      </FileButton>
      {problem !== null && (
        <Text role="alert" fw={600}>
          {problem}
        </Text>
      )}
    </DropZone>
  )
}
