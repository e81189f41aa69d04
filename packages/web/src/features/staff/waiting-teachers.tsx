import { decideTeacherAccount, listStaff, type StaffMember } from '@app/contract'
import { Button, Group, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import { useNotify } from '../../ui/messages.tsx'
import classes from './waiting-teachers.module.css'

/** Those who signed up stand above the list: they wait for an answer. */
export function WaitingTeachers({ waiting }: { waiting: readonly StaffMember[] }) {
  const { t } = useTranslation('admin')
  const notify = useNotify()
  const decide = useSend(decideTeacherAccount, { changes: [listStaff] })

  function answer({ personId, fullName }: StaffMember, decision: 'approve' | 'decline') {
    const said = decision === 'approve' ? 'staff.approved' : 'staff.declined'
    decide.mutate(
      { params: { personId }, body: { decision } },
      { onSuccess: () => notify.done(t(said, { name: fullName })), onError: notify.failed },
    )
  }

  if (waiting.length === 0) return null
  return (
    <section className={classes.waiting} aria-labelledby="waiting">
      <Title order={2} size="h3" id="waiting">
        {t('staff.waiting', { count: waiting.length })}
      </Title>
      <ul>
        {waiting.map((member) => (
          <li key={member.personId}>
            <div>
              <Text fw={600}>{member.fullName}</Text>
              <Text>{member.email}</Text>
            </div>
            <Group gap="xs">
              <Button
                aria-label={t('staff.approveOf', { name: member.fullName })}
                disabled={decide.isPending}
                onClick={() => answer(member, 'approve')}
              >
                {t('staff.approve')}
              </Button>
              <Button
                variant="default"
                aria-label={t('staff.declineOf', { name: member.fullName })}
                disabled={decide.isPending}
                onClick={() => answer(member, 'decline')}
              >
                {t('staff.decline')}
              </Button>
            </Group>
          </li>
        ))}
      </ul>
    </section>
  )
}
