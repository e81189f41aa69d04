import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/page.tsx'
import { DepartmentSection } from './department-section.tsx'
import type { TableFilter } from './filters.tsx'
import { StructureTabs } from './structure-tabs.tsx'
import { SubjectSection } from './subject-section.tsx'

export type SubjectsScreenProps = { filter: TableFilter; onFilter: (filter: TableFilter) => void }

export function SubjectsScreen(props: SubjectsScreenProps) {
  const { t } = useTranslation('structure')
  return (
    <Page title={t('departments.title')} lead={t('departments.lead')}>
      <StructureTabs />
      <SubjectSection {...props} />
      <DepartmentSection showArchived={props.filter.showArchived} />
    </Page>
  )
}
