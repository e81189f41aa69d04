import { downloadPeople, type PeopleAction, type PeopleFilter } from '@app/contract'
import { Button, Group, Menu } from '@mantine/core'
import { IconChevronDown, IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { saveFile } from '../../api/browser.ts'
import { useApi } from '../../api/use-api.tsx'
import '../../ui/menu-styles.ts'
import { useNotify } from '../../ui/messages.tsx'
import classes from './people.module.css'

type BulkBarProps = {
  /** How many are selected. */
  count: number
  isBusy: boolean
  /** What a download takes: all that was found, selected or not. */
  filter: PeopleFilter
  onAct: (action: PeopleAction) => void
  onPrint: () => void
  children: ReactNode
}

/** What is selected, and what can be done to it; it stays in sight. */
export function BulkBar({ count, isBusy, filter, onAct, onPrint, children }: BulkBarProps) {
  const { t } = useTranslation('people')
  return (
    <div className={classes.bar}>
      <Group gap="md" className={classes.count}>
        {children}
      </Group>
      {count > 0 && (
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <Button loading={isBusy} rightSection={<IconChevronDown aria-hidden size={18} />}>
              {t('actions.label')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onAct('invite')}>{t('actions.invite')}</Menu.Item>
            <Menu.Item onClick={onPrint}>{t('actions.print')}</Menu.Item>
            <Menu.Item onClick={() => onAct('revoke-invites')}>{t('actions.revoke-invites')}</Menu.Item>
            <Menu.Item onClick={() => onAct('disable')}>{t('actions.disable')}</Menu.Item>
            <Menu.Item onClick={() => onAct('enable')}>{t('actions.enable')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <Download filter={filter} />
    </div>
  )
}

function Download({ filter }: { filter: PeopleFilter }) {
  const { t } = useTranslation('people')
  const api = useApi()
  const notify = useNotify()
  const download = useMutation({
    mutationFn: async (format: 'xlsx' | 'csv') =>
      saveFile(await api.download(downloadPeople, { query: { ...filter, format } })),
    onError: notify.failed,
  })
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <Button
          variant="default"
          loading={download.isPending}
          leftSection={<IconDownload aria-hidden size={20} />}
          rightSection={<IconChevronDown aria-hidden size={18} />}
        >
          {t('actions.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['xlsx', 'csv'] as const).map((format) => (
          <Menu.Item key={format} onClick={() => download.mutate(format)}>
            {t(`actions.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
