import { Button, SegmentedControl, Stack, Text, Title, useMantineColorScheme } from '@mantine/core'
import '@mantine/core/styles/SegmentedControl.css'
import '@mantine/core/styles/FloatingIndicator.css'
import { IconLogout } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useApi, useMe } from '../../api/use-api.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { Page } from '../../ui/page.tsx'
import classes from './account-screen.module.css'
import { ChangePassword } from './change-password.tsx'
import { Logins } from './logins.tsx'

export function AccountScreen() {
  const { t } = useTranslation(['accounts', 'shell'])
  const me = useMe()
  const api = useApi()
  const notify = useNotify()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const facts = [
    [t('accounts:account.institution'), me.institution.name],
    [t('accounts:account.email'), me.email],
    [t('accounts:account.rollNo'), me.rollNo],
    [t('accounts:account.roles'), me.roles.map((role) => t(`shell:roleName.${role}`)).join(', ')],
  ] as const
  return (
    <Page title={t('accounts:account.title')} lead={me.fullName} width="narrow">
      <Stack gap="xl">
        <dl className={classes.facts}>
          {facts.map(
            ([name, value]) =>
              value !== null && (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ),
          )}
        </dl>
        <section>
          <Title order={2} mb="sm" id="theme">
            {t('accounts:account.theme')}
          </Title>
          <SegmentedControl
            fullWidth
            aria-labelledby="theme"
            value={colorScheme}
            onChange={(value) => setColorScheme(value as typeof colorScheme)}
            data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t(`shell:theme.${value}`) }))}
          />
        </section>
        <section>
          <Title order={2} mb={4}>
            {t('accounts:changePassword.title')}
          </Title>
          <Text c="dimmed" mb="sm">
            {t('accounts:changePassword.text')}
          </Text>
          <ChangePassword />
        </section>
        <section>
          <Title order={2} mb="sm">
            {t('accounts:logins.title')}
          </Title>
          <Logins />
        </section>
        <Button
          variant="default"
          leftSection={<IconLogout aria-hidden size={20} stroke={1.75} />}
          onClick={() => void api.leave().catch(notify.failed)}
        >
          {t('accounts:account.signOut')}
        </Button>
      </Stack>
    </Page>
  )
}
