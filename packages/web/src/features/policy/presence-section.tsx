import { Button, NumberInput, Textarea } from '@mantine/core'
import '@mantine/core/styles/NumberInput.css'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './policy-field.module.css'
import { Field, Section, type SectionProps, SeveralField, WordField } from './policy-field.tsx'
import type { Values } from './use-policy-form.ts'
import { useWhereIAm } from './use-where-i-am.ts'

const PROOFS = ['room-code', 'network', 'geofence'] as const

export function PresenceSection(of: SectionProps) {
  const { t } = useTranslation('policy')
  return (
    <Section title={t('sections.presence')}>
      <SeveralField
        {...of}
        name="presenceProofs"
        options={PROOFS}
        labelOf={(proof) => t(`proofs.${proof}`)}
        hint={t('presenceHint')}
      />
      <WordField {...of} name="presenceNeeds" options={['all', 'any']} />
      <NetworksField {...of} />
      <PlaceField {...of} />
    </Section>
  )
}

/** One subnet a line; what is typed stays as it was typed. */
function NetworksField(of: SectionProps) {
  const { t } = useTranslation('policy')
  const { edit } = of
  const { networks } = edit.values
  const [typed, setTyped] = useState(networks.join('\n'))
  const isTyped = linesOf(typed).join() === networks.join()
  return (
    <Field {...of} name="networks">
      <Textarea
        name="networks"
        label={t('networks')}
        description={t('networksHint')}
        autosize
        minRows={2}
        value={isTyped ? typed : networks.join('\n')}
        error={errorText(edit.errorOf('networks'), t('networksWrong'))}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value)
          edit.set('networks', linesOf(currentTarget.value))
        }}
      />
    </Field>
  )
}

const linesOf = (typed: string) => typed.split(/[\s,;]+/).filter((line) => line !== '')

/** The form says only that something is not right; the server says what. */
const errorText = (error: string | undefined, words: string) => (error === undefined ? undefined : words)

type Place = NonNullable<Values['geofence']>
const A_LECTURE_HALL_METRES = 100

function PlaceField(of: SectionProps) {
  const { t } = useTranslation('policy')
  const { edit } = of
  const place = edit.values.geofence
  const set = (changed: Place | null) => edit.set('geofence', changed)
  const here = useWhereIAm((at) => set({ radiusMetres: A_LECTURE_HALL_METRES, ...place, ...at }))
  const error = errorText(edit.errorOf('geofence'), t('placeWrong'))
  return (
    <Field {...of} name="geofence">
      <fieldset className={classes.fieldset}>
        <legend>{t('geofence')}</legend>
        <p className={classes.hint}>{t('geofenceHint')}</p>
        {place !== null && <PlaceInputs place={place} onChange={set} />}
        {error !== undefined && (
          <p className={classes.error} role="alert">
            {error}
          </p>
        )}
        {here.hasFailed && (
          <p className={classes.error} role="alert">
            {t('hereFailed')}
          </p>
        )}
        <div className={classes.buttons}>
          <Button variant="default" size="compact-md" loading={here.isAsking} onClick={here.ask}>
            {t('here')}
          </Button>
          {place === null ? (
            <Button
              variant="default"
              size="compact-md"
              onClick={() => set({ latitude: 0, longitude: 0, radiusMetres: A_LECTURE_HALL_METRES })}
            >
              {t('addPlace')}
            </Button>
          ) : (
            <Button variant="default" size="compact-md" onClick={() => set(null)}>
              {t('removePlace')}
            </Button>
          )}
        </div>
      </fieldset>
    </Field>
  )
}

type PlaceInputsProps = { place: Place; onChange: (place: Place) => void }

function PlaceInputs({ place, onChange }: PlaceInputsProps) {
  const { t } = useTranslation('policy')
  const input = (name: keyof Place, label: string, suffix: string) => (
    <NumberInput
      name="geofence"
      label={label}
      suffix={suffix}
      value={place[name]}
      decimalScale={name === 'radiusMetres' ? 0 : 6}
      hideControls
      onChange={(value) => typeof value === 'number' && onChange({ ...place, [name]: value })}
    />
  )
  return (
    <div className={classes.place}>
      {input('latitude', t('latitude'), '°')}
      {input('longitude', t('longitude'), '°')}
      {input('radiusMetres', t('radius'), ` ${t('metres')}`)}
    </div>
  )
}
