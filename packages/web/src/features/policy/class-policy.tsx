import { changeClassPolicy, getClassPolicy } from '@app/contract'
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRead, useSend } from '../../api/use-api.tsx'
import { ErrorState, Skeletons } from '../../ui/states.tsx'
import classes from './policy-field.module.css'
import { PolicyForm } from './policy-form.tsx'

/** What holds in one class: what it inherits, and what was decided otherwise for it. */
export function ClassPolicy({ classId }: { classId: string }) {
  const { t } = useTranslation('policy')
  const params = { classId }
  const policy = useRead(getClassPolicy, { params })
  const change = useSend(changeClassPolicy, { changes: [getClassPolicy] })
  if (policy.isPending) return <Skeletons />
  if (policy.isError) return <ErrorState error={policy.error} onRetry={() => void policy.refetch()} />
  const mayChange = Object.values(policy.data).some((field) => field.mayChange)
  return (
    <div className={classes.narrow}>
      <Text c="dimmed" mb="md">
        {t(mayChange ? 'classLead' : 'teacherLead')}
      </Text>
      <PolicyForm
        key={JSON.stringify(policy.data)}
        view={policy.data}
        place="class"
        save={(changes) => change.mutateAsync({ params, body: changeClassPolicy.body.parse(changes) })}
      />
    </div>
  )
}
