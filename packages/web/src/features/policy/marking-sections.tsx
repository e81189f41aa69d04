import { ACTIONS } from '@app/domain'
import { useTranslation } from 'react-i18next'
import { NumberField, Section, type SectionProps, SeveralField, SwitchField, WordField } from './policy-field.tsx'

export function MarkingSection(of: SectionProps) {
  const { t } = useTranslation('policy')
  return (
    <Section title={t('sections.marking')}>
      <SeveralField
        {...of}
        name="methods"
        options={['face', 'code']}
        labelOf={(method) => t(`methodNames.${method}`)}
        tooFew={t('chooseOne')}
      />
      <WordField {...of} name="assurance" options={['A', 'B', 'C', 'D']} hint={t('assuranceHint')} />
      <NumberField {...of} name="codeSeconds" options={[3, 5, 10, 15, 20, 30, 60]} hint={t('codeSecondsHint')} />
    </Section>
  )
}

export function FaceSection(of: SectionProps) {
  const { t } = useTranslation(['policy', 'reasons'])
  return (
    <Section title={t('policy:sections.face')}>
      <SeveralField
        {...of}
        name="actions"
        options={ACTIONS}
        labelOf={(action) => t(`reasons:actionNames.${action}`)}
        hint={t('policy:actionsHint')}
        tooFew={t('policy:tooFew')}
      />
      <NumberField {...of} name="actionCount" options={[2, 3, 4, 5]} />
      <WordField
        {...of}
        name="falseMatchRate"
        options={['1e-3', '1e-4', '1e-5']}
        hint={t('policy:falseMatchRateHint')}
      />
      <SwitchField {...of} name="colourFlash" hint={t('policy:colourFlashHint')} />
    </Section>
  )
}
