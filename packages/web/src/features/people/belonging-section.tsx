import type { PersonView } from '@app/contract'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextLink } from '../../ui/text-link.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import { HandOverDialog } from './hand-over-dialog.tsx'
import classes from './people.module.css'
import { Section } from './section.tsx'

/** The classes somebody teaches, and those they attend or have attended. */
export function BelongingSection({ person }: { person: PersonView }) {
  return (
    <>
      {person.roles.includes('teacher') && <Teaches person={person} />}
      {(person.roles.includes('student') || person.stays.length > 0) && <Stays stays={person.stays} />}
      {person.students.length > 0 && <Students students={person.students} />}
    </>
  )
}

function Teaches({ person }: { person: PersonView }) {
  const { t } = useTranslation('people')
  const [isHandingOver, setIsHandingOver] = useState(false)
  const { teaches } = person
  return (
    <Section title={t('person.teaches')}>
      {teaches.length === 0 && <p className={classes.aside}>{t('person.teachesNothing')}</p>}
      <ul className={classes.list}>
        {teaches.map(({ classId, className, subjectName, otherTeachers, plannedSessions }) => (
          <li key={classId}>
            <div className={classes.what}>
              <TextLink to="/classes/$classId" params={{ classId }}>
                {className}, {subjectName}
              </TextLink>
            </div>
            <span className={classes.aside}>
              {[
                otherTeachers > 0 && t('person.otherTeachers', { count: otherTeachers }),
                plannedSessions > 0 && t('person.planned', { count: plannedSessions }),
              ]
                .filter(Boolean)
                .join(', ')}
            </span>
          </li>
        ))}
      </ul>
      {teaches.length > 0 && person.mayChange && (
        <Button variant="default" onClick={() => setIsHandingOver(true)}>
          {t('person.handOver')}
        </Button>
      )}
      {isHandingOver && <HandOverDialog person={person} onClose={() => setIsHandingOver(false)} />}
    </Section>
  )
}

function Stays({ stays }: Pick<PersonView, 'stays'>) {
  const { t } = useTranslation('people')
  const { day } = useTimeFormat()
  return (
    <Section title={t('person.attends')}>
      {stays.length === 0 && <p className={classes.aside}>{t('person.attendsNothing')}</p>}
      <ul className={classes.list}>
        {stays.map(({ classId, className, subjectName, joinedAt, leftAt }) => (
          <li key={`${classId} ${joinedAt}`}>
            <div className={classes.what}>
              <TextLink to="/classes/$classId" params={{ classId }}>
                {className}, {subjectName}
              </TextLink>
            </div>
            <span className={classes.aside}>
              {leftAt === null
                ? t('person.stayOpen', { from: day(joinedAt) })
                : t('person.stayEnded', { from: day(joinedAt), until: day(leftAt) })}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Students({ students }: Pick<PersonView, 'students'>) {
  const { t } = useTranslation('people')
  return (
    <Section title={t('person.students')}>
      <ul className={classes.list}>
        {students.map(({ personId, fullName, rollNo }) => (
          <li key={personId}>
            <TextLink to="/people/$personId" params={{ personId }}>
              {fullName}
            </TextLink>
            <span className={classes.aside}>{rollNo}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
