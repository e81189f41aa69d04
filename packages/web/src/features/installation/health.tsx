import { getInstallationHealth, type InstallationHealth } from '@app/contract'
import { Button, Group, Title } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/use-api.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { ErrorState, Skeletons } from '../../ui/states.tsx'
import { useTimeFormat } from '../../ui/time.tsx'

type Part = { key: string; name: string; state: string; facts: string }

/** Less than this of a disk is worth a word. */
const LOW_DISK_SHARE = 0.1

/** How the parts of the server are, as of when the page asked. */
export function Health() {
  const { t } = useTranslation('installation')
  const health = useRead(getInstallationHealth)
  return (
    <section aria-labelledby="health">
      <Group justify="space-between" mt="xl" mb="sm">
        <Title order={2} size="h3" id="health">
          {t('health.title')}
        </Title>
        <Button
          variant="default"
          leftSection={<IconRefresh aria-hidden size={20} />}
          loading={health.isFetching}
          onClick={() => void health.refetch()}
        >
          {t('health.refresh')}
        </Button>
      </Group>
      {health.isPending && <Skeletons rows={6} height={48} />}
      {health.isError && <ErrorState error={health.error} onRetry={() => void health.refetch()} />}
      {health.data && <Parts health={health.data} />}
    </section>
  )
}

function Parts({ health }: { health: InstallationHealth }) {
  const { t } = useTranslation('installation')
  const parts = useParts(health)
  const columns: Column<Part>[] = [
    { key: 'part', title: t('health.part'), isName: true, render: ({ name }) => name },
    { key: 'state', title: t('health.state'), render: ({ state }) => state },
    { key: 'facts', title: t('health.facts'), render: ({ facts }) => facts },
  ]
  return <DataTable caption={t('health.caption')} columns={columns} rows={parts} keyOf={({ key }) => key} />
}

function useParts({ version, startedAt, database, queue, vision, mail, disk }: InstallationHealth): Part[] {
  const { t } = useTranslation('installation')
  const { dayAndTime } = useTimeFormat()
  const size = useByteFormat()
  const upOrDown = (isUp: boolean) => (isUp ? t('health.up') : t('health.down'))
  const isLow = disk !== null && disk.freeBytes < disk.totalBytes * LOW_DISK_SHARE
  const { migrations } = database
  return [
    {
      key: 'server',
      name: t('health.server'),
      state: t('health.up'),
      facts: t('health.serverFacts', { version, since: dayAndTime(startedAt) }),
    },
    {
      key: 'database',
      name: t('health.database'),
      state: t('health.up'),
      facts: t('health.databaseFacts', {
        version: database.version,
        size: size(database.bytes),
        ms: database.answerMs,
      }),
    },
    {
      key: 'migrations',
      name: t('health.migrations'),
      state: t('health.up'),
      facts: t('health.migrationsFacts', { count: migrations.length, name: migrations.at(-1)?.name ?? '' }),
    },
    { key: 'queue', name: t('health.queue'), state: upOrDown(queue.isUp), facts: t('health.queueFacts', queue) },
    { key: 'vision', name: t('health.vision'), state: upOrDown(vision.isUp), facts: t('health.visionFacts', vision) },
    {
      key: 'mail',
      name: t('health.mail'),
      state: mail === null ? t('health.notSet') : upOrDown(mail.isUp),
      facts: mail === null ? t('health.mailNotSet') : mail.isUp ? t('health.mailFacts') : '',
    },
    {
      key: 'disk',
      name: t('health.disk'),
      state: disk === null ? t('health.unknown') : isLow ? t('health.diskLow') : t('health.up'),
      facts: disk === null ? '' : t('health.diskFacts', { free: size(disk.freeBytes), total: size(disk.totalBytes) }),
    },
  ]
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

function useByteFormat() {
  const { i18n } = useTranslation()
  return (bytes: number) => {
    const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
    const format = { style: 'unit', unit: UNITS[step] ?? 'byte', maximumFractionDigits: 1 } as const
    return new Intl.NumberFormat(i18n.language, format).format(bytes / 1000 ** step)
  }
}
