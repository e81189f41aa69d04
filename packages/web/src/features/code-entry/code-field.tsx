import { Button, TextInput } from '@mantine/core'
import { IconScan } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './code-entry.module.css'
import { type ReadCode, readCode, tidyTyped } from './read-code.ts'

type CodeFieldProps = {
  submitLabel: string
  /** What was wrong with the last code; null when nothing was. */
  problem: string | null
  isSending: boolean
  onSubmit: (read: ReadCode) => void
  onScan: () => void
}

/** A code typed or pasted, or the way to the scanner. */
export function CodeField({ submitLabel, problem, isSending, onSubmit, onScan }: CodeFieldProps) {
  const { t } = useTranslation('check-in')
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [isIncomplete, setIsIncomplete] = useState(false)

  const submit = (text: string) => {
    const read = readCode(text)
    setIsIncomplete(read === null)
    if (read !== null) onSubmit(read)
    field.current?.select()
  }
  const change = (text: string) => {
    const tidy = tidyTyped(text)
    setTyped(tidy)
    setIsIncomplete(false)
    // The code lives for seconds: when its last letter is in, it goes.
    if (readCode(text) !== null && tidy !== typed && !isSending) submit(text)
  }
  return (
    <>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          submit(typed)
        }}
      >
        <TextInput
          ref={field}
          label={t('code.label')}
          description={t('code.hint')}
          error={isIncomplete ? t('code.incomplete') : problem}
          value={typed}
          onChange={(event) => change(event.currentTarget.value)}
          classNames={{ input: classes.code ?? '' }}
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="send"
        />
        <Button type="submit" size="lg" fullWidth loading={isSending}>
          {submitLabel}
        </Button>
      </form>
      <Button variant="default" size="lg" fullWidth leftSection={<IconScan aria-hidden size={24} />} onClick={onScan}>
        {t('code.scan')}
      </Button>
    </>
  )
}
