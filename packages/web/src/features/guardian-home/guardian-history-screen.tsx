import { getGuardianHistory } from '@app/contract'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/use-api.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { Records } from './records.tsx'

/** Every session of one student. */
export function GuardianHistoryScreen({ studentId }: { studentId: string }) {
  const { t } = useTranslation('guardian')
  const history = useRead(getGuardianHistory, { params: { studentId } })
  const title = history.data === undefined ? t('history') : t('historyTitle', { name: history.data.fullName })
  return (
    <Page
      title={title}
      width="narrow"
      actions={
        <ButtonLink variant="default" to="/guardian">
          {t('back')}
        </ButtonLink>
      }
    >
      {history.isPending && <Skeletons rows={6} height={64} />}
      {history.isError && <ErrorState error={history.error} onRetry={() => void history.refetch()} />}
      {history.data?.records.length === 0 && <EmptyState title={t('noneYet')} />}
      {history.data !== undefined && history.data.records.length > 0 && (
        <Records records={history.data.records} label={title} />
      )}
    </Page>
  )
}
