import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from './dialog.tsx'
import { ErrorNotice } from './states.tsx'

type ConfirmByNameProps = {
  title: string
  text: string
  /** What has to be typed. */
  name: string
  action: string
  isSending: boolean
  error: unknown
  onConfirm: () => void
  onClose: () => void
}

/** For what cannot be undone: the name is typed, so that it is the right one. */
export function ConfirmByName(props: ConfirmByNameProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [isWrong, setIsWrong] = useState(false)

  function confirm(event: FormEvent) {
    event.preventDefault()
    const isSame = typed.trim().toLowerCase() === props.name.trim().toLowerCase()
    setIsWrong(!isSame)
    if (isSame) props.onConfirm()
  }

  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form onSubmit={confirm}>
        <Stack gap="md">
          <Text>{props.text}</Text>
          <ErrorNotice error={props.error} />
          <TextInput
            label={t('confirmByName.label', { name: props.name })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={isWrong ? t('confirmByName.mismatch') : undefined}
            autoComplete="off"
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" color="red.9" loading={props.isSending}>
              {props.action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
