import { changePolicy, getClassPolicy, getInstallation, getPolicy } from '@app/contract'
import { useTranslation } from 'react-i18next'
import { useMe, useRead, useSend } from '../../api/use-api.tsx'
import { Page } from '../../ui/page.tsx'
import { ErrorState, Skeletons } from '../../ui/states.tsx'
import { PolicyForm } from './policy-form.tsx'

/** What the institution has decided. */
export function PolicyScreen() {
  const { t } = useTranslation('policy')
  const { institution } = useMe()
  const policy = useRead(getPolicy)
  const change = useSend(changePolicy, { changes: [getPolicy, getClassPolicy, getInstallation] })
  return (
    <Page title={t('title')} lead={t('lead', { institution: institution.name })} width="narrow">
      {policy.isPending && <Skeletons />}
      {policy.isError && <ErrorState error={policy.error} onRetry={() => void policy.refetch()} />}
      {policy.data && (
        <PolicyForm
          // What was saved is shown anew, with who decided it.
          key={JSON.stringify(policy.data)}
          view={policy.data}
          place="institution"
          save={(body) => change.mutateAsync({ body })}
        />
      )}
    </Page>
  )
}
