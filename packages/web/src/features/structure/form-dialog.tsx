import { Button, Stack } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNotice } from '../../ui/states.tsx'

type FormDialogProps = {
  title: string
  form: { submit: (event: FormEvent<HTMLFormElement>) => unknown; failure: unknown; isSending: boolean }
  onClose: () => void
  /** The fields. */
  children: ReactNode
}

/** Fields in a dialog, and the button that saves them. */
export function FormDialog({ title, form, onClose, children }: FormDialogProps) {
  const { t } = useTranslation('structure')
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={(event) => void form.submit(event)} noValidate>
        <Stack gap="md">
          <ErrorNotice error={form.failure} />
          {children}
          <Button type="submit" loading={form.isSending}>
            {t('save')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  )
}
