import type { inviteClassStudents, ResultOf } from '@app/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { IconDownload, IconPrinter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { saveFile } from '../api/browser.ts'
import { CopyButton } from './copy-button.tsx'
import { toCsv } from './csv.ts'
import { type Column, DataTable } from './data-table.tsx'
import styles from './invite-links.module.css'
import { QrCode } from './qr-code.tsx'
import { EmptyState, Notice } from './states.tsx'
import { StepTitle } from './step-title.tsx'

type Link = ResultOf<typeof inviteClassStudents>['links'][number]
export type Invites = { mailed: number; links: readonly Link[] }

type InviteLinksProps = { invites: Invites; onDone: () => void }

/** Links to hand out: they are shown this once. */
export function InviteLinks({ invites: { mailed, links }, onDone }: InviteLinksProps) {
  const { t } = useTranslation('invites')
  const done = (
    <Button variant="default" onClick={onDone}>
      {t('done')}
    </Button>
  )
  if (links.length === 0) return <EmptyState title={t('none')} action={done} />

  const rows = links.map(({ rollNo, fullName, link }) => [rollNo, fullName, link])
  const columns: Column<Invites['links'][number]>[] = [
    { key: 'rollNo', title: t('rollNo'), render: ({ rollNo }) => rollNo },
    { key: 'name', title: t('name'), isName: true, render: ({ fullName }) => fullName },
    {
      key: 'copy',
      title: t('link'),
      render: ({ link, fullName }) => <CopyButton text={link} aria-label={t('copyOf', { name: fullName })} />,
    },
  ]
  return (
    <section>
      <Stack gap="md" className="no-print">
        <StepTitle>{t('title')}</StepTitle>
        <Notice>{t('lead')}</Notice>
        {mailed > 0 && <Text>{t('mailed', { count: mailed })}</Text>}
        <Group gap="xs">
          <CopyButton text={rows.map((row) => row.join('\t')).join('\n')} label={t('copyAll')} />
          <Button
            variant="default"
            leftSection={<IconDownload aria-hidden size={20} />}
            onClick={() =>
              saveFile({ file: toCsv([['roll_no', 'full_name', 'link'], ...rows]), fileName: t('fileName') })
            }
          >
            {t('download')}
          </Button>
          <Button variant="default" leftSection={<IconPrinter aria-hidden size={20} />} onClick={() => window.print()}>
            {t('print')}
          </Button>
          {done}
        </Group>
        <DataTable caption={t('caption')} columns={columns} rows={links} keyOf={({ personId }) => personId} />
      </Stack>
      <div className={styles.sheet} aria-hidden>
        {links.map(({ personId, rollNo, fullName, link, code }) => (
          <div key={personId} className={styles.slip}>
            <QrCode text={link} label={fullName} />
            <div>
              <strong>{fullName}</strong>
              <div>{rollNo}</div>
              <div>{t('printHint')}</div>
              <div>
                {t('printTyped', { address: `${window.location.host}/invite` })} <strong>{code}</strong>
              </div>
            </div>
          </div>
        ))}
      </div>
    </section>
  )
}
