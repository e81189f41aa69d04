import { createTerm } from '@app/contract'
import { Group, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useNotify } from '../../ui/messages.tsx'
import { useForm } from '../../ui/use-form.ts'
import { FormDialog } from './form-dialog.tsx'

export type NamedDays = { name: string; startsOn: string; endsOn: string }

type DaysDialogProps = {
  /** Where it is new. */
  addTitle: string
  nameHint: string
  /** What there is already; null for a new one. */
  before: NamedDays | null
  onSave: (days: NamedDays) => Promise<unknown>
  onClose: () => void
}

/** A term or a holiday: a name and its days. */
export function DaysDialog({ addTitle, nameHint, before, onSave, onClose }: DaysDialogProps) {
  const { t } = useTranslation('structure')
  const notify = useNotify()
  const form = useForm<NamedDays>({
    initial: { name: before?.name ?? '', startsOn: before?.startsOn ?? '', endsOn: before?.endsOn ?? '' },
    schema: createTerm.body,
    failureAt: { 'term-name-taken': 'name' },
    onSubmit: async (days) => {
      await onSave(days)
      notify.done(t('isSaved', { name: days.name }))
      onClose()
    },
  })
  return (
    <FormDialog title={before === null ? addTitle : t('editOf', { name: before.name })} form={form} onClose={onClose}>
      <TextInput label={t('name')} description={nameHint} autoComplete="off" data-autofocus {...form.text('name')} />
      <Group grow align="flex-start">
        <TextInput type="date" label={t('firstDay')} {...form.text('startsOn')} />
        <TextInput type="date" label={t('lastDay')} {...form.text('endsOn')} />
      </Group>
    </FormDialog>
  )
}
