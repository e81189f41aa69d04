import { AttendanceStatus, changeOwnStatus, createOwnStatus, listOwnStatuses, type OwnStatus } from '@app/contract'
import { Button, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useForm } from '../../ui/use-form.ts'

const WEIGHTS = [1, 0.75, 0.5, 0.25, 0]

/** A new status, or another name or weight for one that is there. */
export function StatusDialog({ status, onClose }: { status: OwnStatus | null; onClose: () => void }) {
  const { t, i18n } = useTranslation(['admin', 'shell'])
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' })
  const create = useSend(createOwnStatus, { changes: [listOwnStatuses] })
  const change = useSend(changeOwnStatus, { changes: [listOwnStatuses] })
  const form = useForm<{ name: string; base: AttendanceStatus; weight: number | null }>({
    initial: { name: status?.name ?? '', base: status?.base ?? 'present', weight: status === null ? 1 : status.weight },
    schema: createOwnStatus.body,
    failureAt: { 'status-name-taken': 'name' },
    onSubmit: async ({ name, base, weight }) => {
      if (status === null) await create.mutateAsync({ body: { name, base, weight } })
      else
        await change.mutateAsync({
          params: { statusId: status.id },
          body: { name, weight, isArchived: status.isArchived },
        })
      onClose()
    },
  })
  const { weight } = form.values
  const weights = weight === null || WEIGHTS.includes(weight) ? WEIGHTS : [...WEIGHTS, weight].sort((a, b) => b - a)
  return (
    <Dialog
      title={status === null ? t('admin:statuses.add') : t('admin:statuses.changeOf', { name: status.name })}
      onClose={onClose}
    >
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <ErrorNotice error={form.failure} />
          <TextInput label={t('admin:statuses.name')} autoComplete="off" data-autofocus {...form.text('name')} />
          {status === null ? (
            <NativeSelect
              label={t('admin:statuses.base')}
              description={t('admin:statuses.baseHint')}
              {...form.text('base')}
              data={AttendanceStatus.options.map((value) => ({ value, label: t(`shell:status.${value}`) }))}
            />
          ) : (
            <Text c="dimmed">{t('admin:statuses.baseStays', { base: t(`shell:status.${status.base}`) })}</Text>
          )}
          <NativeSelect
            label={t('admin:statuses.weight')}
            description={t('admin:statuses.weightHint')}
            value={String(weight ?? '')}
            onChange={({ currentTarget }) =>
              form.set('weight', currentTarget.value === '' ? null : Number(currentTarget.value))
            }
            data={[
              ...weights.map((each) => ({ value: String(each), label: percent.format(each) })),
              { value: '', label: t('admin:statuses.notCounted') },
            ]}
          />
          <Button type="submit" loading={form.isSending}>
            {t('admin:statuses.save')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  )
}
