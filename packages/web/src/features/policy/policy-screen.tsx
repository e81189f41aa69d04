import { changePolicy, getInstallation, getPolicy, type PolicyView } from '@app/contract'
import { ACTIONS } from '@app/domain'
import { Button, Checkbox, NativeSelect, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMe, useRead, useSend } from '../../api/use-api.tsx'
import '../../ui/checkbox-styles.ts'
import { useNotify } from '../../ui/messages.tsx'
import { Page } from '../../ui/page.tsx'
import { ErrorNotice, ErrorState, Skeletons } from '../../ui/states.tsx'
import { useForm } from '../../ui/use-form.ts'

/** What the institution has decided, as far as it is decided on a page. */
export function PolicyScreen() {
  const { t } = useTranslation('admin')
  const { institution } = useMe()
  const policy = useRead(getPolicy)
  return (
    <Page title={t('policy.title')} lead={t('policy.lead', { institution: institution.name })} width="narrow">
      {policy.isPending && <Skeletons />}
      {policy.isError && <ErrorState error={policy.error} onRetry={() => void policy.refetch()} />}
      {policy.data && <PolicyForm policy={policy.data} />}
    </Page>
  )
}

function PolicyForm({ policy }: { policy: PolicyView }) {
  const { t } = useTranslation(['admin', 'reasons'])
  const notify = useNotify()
  const change = useSend(changePolicy, { changes: [getPolicy, getInstallation] })
  const form = useForm<PolicyView>({
    initial: policy,
    schema: changePolicy.body,
    onSubmit: async (body) => {
      await change.mutateAsync({ body })
      notify.done(t('admin:policy.saved'))
    },
  })
  const { values, set } = form
  return (
    <form onSubmit={form.submit} noValidate>
      <Stack gap="lg">
        <ErrorNotice error={form.failure} />
        <Checkbox.Group
          label={t('admin:policy.actions')}
          description={t('admin:policy.actionsHint')}
          value={[...values.actions]}
          error={form.errorOf('actions') === undefined ? undefined : t('admin:policy.tooFew')}
          onChange={(chosen) =>
            set(
              'actions',
              ACTIONS.filter((action) => chosen.includes(action)),
            )
          }
        >
          {ACTIONS.map((action) => (
            <Checkbox key={action} value={action} label={t(`reasons:actionNames.${action}`)} />
          ))}
        </Checkbox.Group>
        <NativeSelect
          label={t('admin:policy.actionCount')}
          value={String(values.actionCount)}
          onChange={({ currentTarget }) => set('actionCount', Number(currentTarget.value))}
          data={[2, 3, 4, 5].map((count) => ({ value: String(count), label: t('admin:policy.actionsOf', { count }) }))}
        />
        <NativeSelect
          label={t('admin:policy.falseMatchRate')}
          description={t('admin:policy.falseMatchRateHint')}
          {...form.text('falseMatchRate')}
          data={(['1e-3', '1e-4', '1e-5'] as const).map((rate) => ({
            value: rate,
            label: t(`admin:policy.rates.${rate}`),
          }))}
        />
        <MinimumSelect value={values.minimumPercentage} onChange={(minimum) => set('minimumPercentage', minimum)} />
        <Checkbox label={t('admin:policy.teacherSignUp')} {...form.check('teacherSignUp')} />
        <Button type="submit" loading={form.isSending}>
          {t('admin:policy.submit')}
        </Button>
      </Stack>
    </form>
  )
}

const MINIMUMS = [50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100]

type MinimumSelectProps = { value: number | null; onChange: (value: number | null) => void }

/** The usual percentages, and whatever has been decided already. */
function MinimumSelect({ value, onChange }: MinimumSelectProps) {
  const { t, i18n } = useTranslation('admin')
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' })
  const minimums =
    value === null || MINIMUMS.includes(value) ? MINIMUMS : [...MINIMUMS, value].toSorted((a, b) => a - b)
  return (
    <NativeSelect
      label={t('policy.minimumPercentage')}
      value={String(value ?? '')}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? null : Number(currentTarget.value))}
      data={[
        { value: '', label: t('policy.noMinimum') },
        ...minimums.map((minimum) => ({ value: String(minimum), label: percent.format(minimum / 100) })),
      ]}
    />
  )
}
