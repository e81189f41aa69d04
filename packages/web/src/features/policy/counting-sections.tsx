import { useTranslation } from 'react-i18next'
import { NumberField, Section, type SectionProps, SwitchField } from './policy-field.tsx'
import { NAMED_WEIGHTS } from './value-text.ts'

export function SessionsSection(of: SectionProps) {
  const { t } = useTranslation('policy')
  return (
    <Section title={t('sections.sessions')}>
      <NumberField {...of} name="sessionMinutes" options={[30, 45, 50, 60, 75, 90, 120, 180, 240]} />
      <NumberField {...of} name="lateAfterMinutes" options={[0, 5, 10, 15, 20, 30]} />
      <SwitchField {...of} name="autoOpen" />
      <NumberField {...of} name="spotCheck" options={[0, 1, 2, 3, 5, 10]} hint={t('spotCheckHint')} />
      <SwitchField {...of} name="teachersAdjust" />
    </Section>
  )
}

export function RefusalsSection(of: SectionProps) {
  const { t } = useTranslation('policy')
  return (
    <Section title={t('sections.refusals')}>
      <NumberField {...of} name="offerCodeAfter" options={[1, 2, 3, 4, 5]} />
      <NumberField {...of} name="pauseAfter" options={[3, 5, 7, 10]} />
      <NumberField {...of} name="pauseSeconds" options={[10, 30, 60, 120]} hint={t('pauseHint')} />
    </Section>
  )
}

export function CountingSection(of: SectionProps) {
  const { t } = useTranslation('policy')
  return (
    <Section title={t('sections.counting')}>
      <NumberField {...of} name="lateWeight" options={NAMED_WEIGHTS} />
      <NumberField
        {...of}
        name="minimumPercentage"
        options={[50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100]}
        noneLabel={t('noMinimum')}
      />
      <NumberField {...of} name="lockDays" options={[1, 3, 7, 14, 30, 60, 90]} noneLabel={t('neverLocked')} />
    </Section>
  )
}

/** Only the institution decides what belongs to persons. */
export function PeopleSection(of: SectionProps) {
  const { t } = useTranslation('policy')
  if (of.place !== 'institution') return null
  return (
    <Section title={t('sections.people')}>
      <SwitchField {...of} name="bulkPhotoEnrolment" />
      <NumberField {...of} name="retentionDays" options={[0, 7, 30, 60, 90, 180, 365]} />
      <SwitchField {...of} name="teacherSignUp" />
    </Section>
  )
}
