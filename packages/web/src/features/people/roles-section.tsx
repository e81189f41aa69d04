import { changeRoles, getPerson, listPeople, listPersonHistory, type PersonView, ROLES, type Role } from '@app/contract'
import { Button, Checkbox, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMe, useSend } from '../../api/use-api.tsx'
import '../../ui/checkbox-styles.ts'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useForm } from '../../ui/use-form.ts'
import { Section } from './section.tsx'

/** What a person may be; the owner's role is an owner's to give. */
export function RolesSection({ person }: { person: PersonView }) {
  const { t } = useTranslation(['people', 'shell'])
  const me = useMe()
  const notify = useNotify()
  const change = useSend(changeRoles, { changes: [getPerson, listPeople, listPersonHistory] })
  const { personId, roles, mayChange } = person
  const offered = ROLES.filter((role) => role !== 'owner' || me.roles.includes('owner') || roles.includes('owner'))
  const form = useForm({
    initial: { roles: [...roles] },
    schema: changeRoles.body,
    onSubmit: async (body) => {
      await change.mutateAsync({ params: { personId }, body })
      notify.done(t('people:person.rolesSaved'))
    },
  })
  const isSame = [...form.values.roles].sort().join() === [...roles].sort().join()
  return (
    <Section title={t('people:person.roles')}>
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <ErrorNotice error={form.failure} />
          <Checkbox.Group
            aria-label={t('people:person.roles')}
            value={form.values.roles}
            error={form.errorOf('roles')}
            onChange={(chosen) =>
              form.set(
                'roles',
                ROLES.filter((role: Role) => chosen.includes(role)),
              )
            }
          >
            <Stack gap="sm">
              {offered.map((role) => (
                <Checkbox
                  key={role}
                  value={role}
                  label={t(`shell:roleName.${role}`)}
                  description={t(`people:person.rolesHint.${role}`)}
                  disabled={!mayChange || (role === 'owner' && !me.roles.includes('owner'))}
                />
              ))}
            </Stack>
          </Checkbox.Group>
          {mayChange && (
            <Button type="submit" variant="default" loading={form.isSending} disabled={isSame}>
              {t('people:person.saveRoles')}
            </Button>
          )}
        </Stack>
      </form>
    </Section>
  )
}
