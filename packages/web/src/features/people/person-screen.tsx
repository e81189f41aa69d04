import { getPerson, type PersonView } from '@app/contract'
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/use-api.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Page } from '../../ui/page.tsx'
import { ErrorState, Notice, Skeletons } from '../../ui/states.tsx'
import { MergeStudentDialog } from '../../ui/students/merge-student-dialog.tsx'
import { AccountSection } from './account-section.tsx'
import { BelongingSection } from './belonging-section.tsx'
import { DetailsSection } from './details-section.tsx'
import { GuardiansSection } from './guardians-section.tsx'
import { HistorySection } from './history-section.tsx'
import classes from './people.module.css'
import { RolesSection } from './roles-section.tsx'
import { SignInsSection } from './sign-ins-section.tsx'

/** All there is to know and to change of one person. */
export function PersonScreen({ personId }: { personId: string }) {
  const { t } = useTranslation(['people', 'shell'])
  const person = useRead(getPerson, { params: { personId } })
  return (
    <Page
      title={person.data?.fullName ?? t('people:title')}
      lead={person.data && leadOf(person.data)}
      actions={
        <>
          {person.data && isStudentOnly(person.data) && <Merge person={person.data} />}
          <ButtonLink variant="default" to="/people">
            {t('people:person.back')}
          </ButtonLink>
        </>
      }
    >
      {person.isPending && <Skeletons rows={4} height={120} />}
      {person.isError && person.data === undefined && (
        <ErrorState error={person.error} onRetry={() => void person.refetch()} />
      )}
      {person.data && <Person person={person.data} />}
    </Page>
  )

  function leadOf({ rollNo, roles, isYou }: PersonView): string {
    const names = roles.map((role) => t(`shell:roleName.${role}`))
    return [rollNo, names.join(', '), isYou && t('people:person.you')].filter(Boolean).join(' · ')
  }
}

/** Only two students who are nothing else can be one. */
const isStudentOnly = ({ roles }: PersonView) => roles.length === 1 && roles[0] === 'student'

function Merge({ person }: { person: PersonView }) {
  const { t } = useTranslation('moving')
  const navigate = useNavigate()
  const [isMerging, setIsMerging] = useState(false)
  return (
    <>
      <Button variant="default" onClick={() => setIsMerging(true)}>
        {t('merge.action')}
      </Button>
      {isMerging && (
        <MergeStudentDialog
          student={person}
          onMerged={(personId) => void navigate({ to: '/people/$personId', params: { personId } })}
          onClose={() => setIsMerging(false)}
        />
      )}
    </>
  )
}

function Person({ person }: { person: PersonView }) {
  const { t } = useTranslation('people')
  return (
    <>
      {!person.mayChange && <Notice>{t('person.owner')}</Notice>}
      <div className={classes.sections}>
        {/* What was saved is what the form begins with. */}
        <DetailsSection key={detailsKey(person)} person={person} />
        <AccountSection person={person} />
        <RolesSection key={person.roles.join()} person={person} />
        <BelongingSection person={person} />
        {person.roles.includes('student') && <GuardiansSection person={person} />}
        <SignInsSection person={person} />
        <HistorySection personId={person.personId} />
      </div>
    </>
  )
}

const detailsKey = ({ fullName, email, phone, rollNo, batch, department }: PersonView) =>
  JSON.stringify([fullName, email, phone, rollNo, batch, department])
