import { Button, FileButton, Text } from '@mantine/core'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './check-receipt-screen.module.css'

type ReceiptDropProps = { name: string | null; problem: string | null; onFile: (file: File) => void }

/** A place to drop the receipt, and a button to choose it. */
export function ReceiptDrop({ name, problem, onFile }: ReceiptDropProps) {
  const { t } = useTranslation('audit')
  const [isOver, setIsOver] = useState(false)

  function drop(event: DragEvent) {
    event.preventDefault()
    setIsOver(false)
    const file = event.dataTransfer.files.item(0)
    if (file !== null) onFile(file)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra for the mouse; the button does the same
    <div
      className={classes.drop}
      data-over={isOver}
      onDrop={drop}
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
    >
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
    </div>
  )
}
