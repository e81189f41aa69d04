import { getClass } from '@app/contract'
import { Tabs } from '@mantine/core'
import '@mantine/core/styles/Tabs.css'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/use-api.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Page } from '../../ui/page.tsx'
import { ErrorState, Skeletons } from '../../ui/states.tsx'
import { ReportTab } from './report-tab.tsx'
import { SessionButton } from './session-button.tsx'
import { SessionsTab } from './sessions-tab.tsx'
import { StudentsTab } from './students-tab.tsx'

const TABS = ['students', 'sessions', 'report', 'policy'] as const
type Tab = (typeof TABS)[number]

type ClassScreenProps = { classId: string; tab: Tab; onTab: (tab: Tab) => void; policy: ReactNode }

export function ClassScreen({ classId, tab, onTab, policy }: ClassScreenProps) {
  const { t } = useTranslation(['classes', 'shell'])
  const summary = useRead(getClass, { params: { classId } })

  if (summary.isPending) {
    return (
      <Page title={t('shell:loading')}>
        <Skeletons rows={6} />
      </Page>
    )
  }
  if (summary.isError) {
    return (
      <Page title={t('shell:failed')}>
        <ErrorState error={summary.error} onRetry={() => void summary.refetch()} />
      </Page>
    )
  }
  const { name, subject, teachers, studentCount } = summary.data
  const names = teachers.map(({ fullName }) => fullName).join(', ')
  return (
    <Page
      title={name}
      lead={`${subject.name} · ${subject.code}${names === '' ? '' : ` · ${t('classes:taughtBy', { names })}`}`}
      actions={
        <>
          <ButtonLink variant="default" to="/classes/$classId/timetable" params={{ classId }}>
            {t('classes:timetable')}
          </ButtonLink>
          {studentCount > 0 && <SessionButton summary={summary.data} />}
        </>
      }
    >
      <Tabs
        value={tab}
        onChange={(next) => onTab(TABS.find((known) => known === next) ?? 'students')}
        keepMounted={false}
      >
        <Tabs.List aria-label={t('classes:tabs.label')} mb="lg" className="no-print">
          {TABS.map((value) => (
            <Tabs.Tab key={value} value={value}>
              {t(`classes:tabs.${value}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="students">
          <StudentsTab classId={classId} />
        </Tabs.Panel>
        <Tabs.Panel value="sessions">
          <SessionsTab classId={classId} />
        </Tabs.Panel>
        <Tabs.Panel value="report">
          <ReportTab classId={classId} />
        </Tabs.Panel>
        <Tabs.Panel value="policy">{policy}</Tabs.Panel>
      </Tabs>
    </Page>
  )
}
