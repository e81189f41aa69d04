import { useTranslation } from 'react-i18next'
import type { FieldName, Values } from './use-policy-form.ts'

/** A value of a field in words: in a list of choices, and on the button that goes back to it. */
export function useValueText(): <Name extends FieldName>(name: Name, value: Values[Name]) => string {
  const { t, i18n } = useTranslation(['policy', 'reasons'])
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' })
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' })
  const listOf = (items: readonly string[]) => (items.length === 0 ? t('policy:none') : list.format(items))
  const counted = (key: 'seconds' | 'minutes' | 'days' | 'students' | 'refusals') => (count: number) =>
    t(`policy:${key}`, { count })
  const texts: { [Name in FieldName]-?: (value: NonNullable<Values[Name]>) => string } = {
    methods: (methods) => listOf(methods.map((method) => t(`policy:methodNames.${method}`))),
    assurance: (level) => t(`policy:levels.${level}`),
    codeSeconds: counted('seconds'),
    actions: (actions) => listOf(actions.map((action) => t(`reasons:actionNames.${action}`))),
    actionCount: (count) => t('policy:actionsOf', { count }),
    falseMatchRate: (rate) => t(`policy:rates.${rate}`),
    colourFlash: (is) => t(is ? 'policy:yes' : 'policy:no'),
    presenceProofs: (proofs) => listOf(proofs.map((proof) => t(`policy:proofs.${proof}`))),
    presenceNeeds: (needs) => t(`policy:needs.${needs}`),
    networks: (networks) => listOf(networks),
    geofence: ({ latitude, longitude, radiusMetres }) =>
      t('policy:placeOf', { latitude, longitude, radius: radiusMetres }),
    sessionMinutes: counted('minutes'),
    lateAfterMinutes: (count) => `${t('policy:minutes', { count })} ${t('policy:lateAfterUnit')}`,
    autoOpen: (is) => t(is ? 'policy:yes' : 'policy:no'),
    lateWeight: (weight) => (isNamedWeight(weight) ? t(`policy:weights.${weight}`) : percent.format(weight)),
    offerCodeAfter: counted('refusals'),
    pauseAfter: counted('refusals'),
    pauseSeconds: counted('seconds'),
    spotCheck: (count) => (count === 0 ? t('policy:nobody') : t('policy:students', { count })),
    lockDays: (count) => t('policy:lockAfter', { count }),
    minimumPercentage: (value) => percent.format(value / 100),
    bulkPhotoEnrolment: (is) => t(is ? 'policy:yes' : 'policy:no'),
    retentionDays: counted('days'),
    teacherSignUp: (is) => t(is ? 'policy:yes' : 'policy:no'),
    teachersAdjust: (is) => t(is ? 'policy:yes' : 'policy:no'),
  }
  return (name, value) => {
    if (value === null || value === undefined) {
      if (name === 'lockDays') return t('policy:neverLocked')
      return name === 'minimumPercentage' ? t('policy:noMinimum') : t('policy:none')
    }
    const text: (value: never) => string = texts[name]
    return text(value as never)
  }
}

export const NAMED_WEIGHTS = [1, 0.75, 0.5, 0.25, 0] as const
const isNamedWeight = (weight: number): weight is (typeof NAMED_WEIGHTS)[number] =>
  NAMED_WEIGHTS.some((named) => named === weight)
