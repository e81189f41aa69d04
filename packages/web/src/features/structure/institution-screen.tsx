import {
  changeInstitutionSettings,
  getInstallation,
  getInstitutionSettings,
  type InstitutionSettings,
} from '@app/contract'
import { Button, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi, useRead, useSend } from '../../api/use-api.tsx'
import { useDayFormat, WEEKDAYS } from '../../ui/days.ts'
import { useNotify } from '../../ui/messages.tsx'
import { Page } from '../../ui/page.tsx'
import { ErrorNotice, ErrorState, Skeletons } from '../../ui/states.tsx'
import { useForm } from '../../ui/use-form.ts'
import classes from './institution-screen.module.css'
import { StructureTabs } from './structure-tabs.tsx'

export function InstitutionScreen() {
  const { t } = useTranslation('structure')
  const settings = useRead(getInstitutionSettings)
  return (
    <Page title={t('institution.title')} lead={t('institution.lead')}>
      <StructureTabs />
      {settings.isPending && <Skeletons />}
      {settings.isError && <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />}
      {settings.data && <SettingsForm settings={settings.data} />}
    </Page>
  )
}

function SettingsForm({ settings }: { settings: InstitutionSettings }) {
  const { t } = useTranslation('structure')
  const days = useDayFormat()
  const api = useApi()
  const notify = useNotify()
  const zones = useId()
  const change = useSend(changeInstitutionSettings, { changes: [getInstitutionSettings, getInstallation] })
  const form = useForm<InstitutionSettings>({
    initial: settings,
    schema: changeInstitutionSettings.body,
    onSubmit: async (body) => {
      await change.mutateAsync({ body })
      void api.renew().catch(notify.failed)
      notify.done(t('institution.saved'))
    },
  })
  return (
    <form onSubmit={form.submit} noValidate className={classes.form}>
      <Stack gap="md">
        <ErrorNotice error={form.failure} />
        <TextInput label={t('institution.name')} autoComplete="organization" {...form.text('name')} />
        <TextInput
          label={t('institution.timeZone')}
          description={t('institution.timeZoneHint')}
          list={zones}
          autoComplete="off"
          {...form.text('timeZone')}
        />
        <datalist id={zones}>
          {Intl.supportedValuesOf('timeZone').map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
        <TextInput
          label={t('institution.locale')}
          description={t('institution.localeHint')}
          autoComplete="off"
          {...form.text('locale')}
        />
        <NativeSelect
          label={t('institution.weekStart')}
          value={String(form.values.weekStart)}
          onChange={({ currentTarget }) => form.set('weekStart', Number(currentTarget.value))}
          data={WEEKDAYS.map((number) => ({ value: String(number), label: days.weekday(number) }))}
        />
        <Button type="submit" loading={form.isSending}>
          {t('save')}
        </Button>
      </Stack>
    </form>
  )
}
