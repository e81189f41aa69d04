import type { Receipt } from '@app/contract'
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/page.tsx'
import { Notice } from '../../ui/states.tsx'
import classes from './check-receipt-screen.module.css'
import { type CheckedReceipt, canHash, checkRoot, readReceipt } from './read-receipt.ts'
import { ReceiptDrop } from './receipt-drop.tsx'
import { ReceiptVerdictPanel } from './receipt-verdict-panel.tsx'

type Chosen = { kind: 'none' } | { kind: 'unreadable' } | { kind: 'receipt'; name: string; receipt: Receipt }

/** Checks a receipt on this device, for whoever holds one. */
export function CheckReceiptScreen() {
  const { t } = useTranslation('audit')
  const [chosen, setChosen] = useState<Chosen>({ kind: 'none' })
  const [root, setRoot] = useState('')
  const [checked, setChecked] = useState<CheckedReceipt | null>(null)
  const [isFileMissing, setIsFileMissing] = useState(false)

  async function choose(file: File) {
    const receipt = await readReceipt(file)
    setChosen(receipt === null ? { kind: 'unreadable' } : { kind: 'receipt', name: file.name, receipt })
    setChecked(null)
    setIsFileMissing(false)
  }

  async function check(event: FormEvent) {
    event.preventDefault()
    setIsFileMissing(chosen.kind !== 'receipt')
    if (chosen.kind === 'receipt') setChecked(await checkRoot(chosen.receipt, root))
  }

  return (
    <Page title={t('check.title')} lead={t('check.lead')} width="narrow">
      {!canHash() && <Notice>{t('check.insecure')}</Notice>}
      <form className={classes.form} onSubmit={(event) => void check(event)}>
        <ReceiptDrop
          name={chosen.kind === 'receipt' ? chosen.name : null}
          problem={chosen.kind === 'unreadable' ? t('check.unreadable') : isFileMissing ? t('check.needsFile') : null}
          onFile={(file) => void choose(file)}
        />
        <TextInput
          className={classes.root}
          label={t('check.root')}
          description={t('check.rootHint')}
          value={root}
          required
          withAsterisk={false}
          autoComplete="off"
          spellCheck={false}
          onChange={({ currentTarget }) => {
            setRoot(currentTarget.value)
            setChecked(null)
          }}
        />
        <Button type="submit" disabled={!canHash()}>
          {t('check.submit')}
        </Button>
      </form>
      <div role="status">{checked !== null && <ReceiptVerdictPanel checked={checked} />}</div>
    </Page>
  )
}
