import { Button, Group } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/page.tsx'
import { CreateInstitutionDialog } from './create-institution-dialog.tsx'
import { Health } from './health.tsx'
import { Institutions } from './institutions.tsx'

/** The owner's page. */
export function InstallationScreen() {
  const { t } = useTranslation('installation')
  const [isCreating, setIsCreating] = useState(false)
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <Group gap="xs">
          <Button leftSection={<IconPlus aria-hidden size={20} />} onClick={() => setIsCreating(true)}>
            {t('create.action')}
          </Button>
        </Group>
      }
    >
      <Institutions />
      <Health />
      {isCreating && <CreateInstitutionDialog onClose={() => setIsCreating(false)} />}
    </Page>
  )
}
