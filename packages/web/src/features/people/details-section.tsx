import {
  changePerson,
  getPerson,
  listPeople,
  listPeopleChoices,
  listPersonHistory,
  PersonDetails,
  type PersonView,
} from '@app/contract'
import { Button, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRead, useSend } from '../../api/use-api.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useForm } from '../../ui/use-form.ts'
import { Section } from './section.tsx'

/** The form holds texts; an empty one says that there is none. */
const FormDetails = PersonDetails.extend({
  email: PersonDetails.shape.email.or(PersonDetails.shape.phone.unwrap().max(0)),
})

export function DetailsSection({ person }: { person: PersonView }) {
  const { t } = useTranslation('people')
  const notify = useNotify()
  const choices = useRead(listPeopleChoices)
  const { personId, fullName, email, phone, rollNo, batch, department, mayChange } = person
  const change = useSend(changePerson, { changes: [getPerson, listPeople, listPeopleChoices, listPersonHistory] })
  const form = useForm({
    initial: {
      fullName,
      email: email ?? '',
      phone: phone ?? '',
      rollNo: rollNo ?? '',
      batch: batch ?? '',
      department: department ?? '',
    },
    schema: FormDetails,
    failureAt: { 'email-taken': 'email', 'roll-no-taken': 'rollNo' },
    onSubmit: async (values) => {
      await change.mutateAsync({ params: { personId }, body: { ...values, email: values.email.trim() || null } })
      notify.done(t('person.saved'))
    },
  })
  const field = (name: keyof typeof form.values, more: object = {}) => (
    <TextInput label={t(`person.${name}`)} autoComplete="off" disabled={!mayChange} {...more} {...form.text(name)} />
  )
  return (
    <Section title={t('person.details')}>
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <ErrorNotice error={form.failure} />
          {field('fullName')}
          {field('email', { type: 'email', description: person.invite === null ? undefined : t('person.emailHint') })}
          {field('phone', { type: 'tel' })}
          {field('rollNo')}
          {field('batch', { list: 'batches' })}
          {field('department', { list: 'departments' })}
          <Choices id="batches" values={choices.data?.batches ?? []} />
          <Choices id="departments" values={choices.data?.departments ?? []} />
          {mayChange && (
            <Button type="submit" loading={form.isSending}>
              {t('person.save')}
            </Button>
          )}
        </Stack>
      </form>
    </Section>
  )
}

/** What others have, to choose from while typing. */
function Choices({ id, values }: { id: string; values: readonly string[] }) {
  return (
    <datalist id={id}>
      {values.map((value) => (
        <option key={value} value={value} />
      ))}
    </datalist>
  )
}
