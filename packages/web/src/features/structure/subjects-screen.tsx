import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/page.tsx'
import { DepartmentSection } from './department-section.tsx'
import { StructureTabs } from './structure-tabs.tsx'
import { SubjectSection, type SubjectSectionProps } from './subject-section.tsx'

export function SubjectsScreen(props: SubjectSectionProps) {
  const { t } = useTranslation('structure')
  return (
    <Page title={t('departments.title')} lead={t('departments.lead')}>
      <StructureTabs />
      <SubjectSection {...props} />
      <DepartmentSection showArchived={props.filter.showArchived} />
    </Page>
  )
}
