import { downloadPeople, type PeopleAction, type PeopleFilter } from '@app/contract'
import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/use-api.tsx'
import { SheetDownloads } from '../../ui/sheet-downloads.tsx'
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
        <Group gap="xs" role="group" aria-label={t('actions.label')}>
          <Button disabled={isBusy} onClick={() => onAct('invite')}>
            {t('actions.invite')}
          </Button>
          <Button variant="default" disabled={isBusy} onClick={onPrint}>
            {t('actions.print')}
          </Button>
          {(['revoke-invites', 'disable', 'enable'] as const).map((action) => (
            <Button key={action} variant="default" disabled={isBusy} onClick={() => onAct(action)}>
              {t(`actions.${action}`)}
            </Button>
          ))}
        </Group>
      )}
      <Download filter={filter} />
    </div>
  )
}

function Download({ filter }: { filter: PeopleFilter }) {
  const { t } = useTranslation('people')
  const api = useApi()
  return (
    <Group gap="xs">
      <SheetDownloads
        fetchSheet={(format) => api.download(downloadPeople, { query: { ...filter, format } })}
        titleOf={(format) => t(`actions.${format}`)}
      />
    </Group>
  )
}
