import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/page.tsx'
import { HolidaySection } from './holiday-section.tsx'
import type { ArchivedFilter } from './show-archived.tsx'
import { StructureTabs } from './structure-tabs.tsx'
import { TermSection } from './term-section.tsx'

export function TermsScreen(filter: ArchivedFilter) {
  const { t } = useTranslation('structure')
  return (
    <Page title={t('terms.title')} lead={t('terms.lead')}>
      <StructureTabs />
      <TermSection {...filter} />
      <HolidaySection />
    </Page>
  )
}
