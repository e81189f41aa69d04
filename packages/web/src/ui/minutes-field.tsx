import { NumberInput } from '@mantine/core'
import '@mantine/core/styles/NumberInput.css'
import { useTranslation } from 'react-i18next'

const LONGEST_MINUTES = 480

type MinutesFieldProps = { label: string; value: number; min: number; onChange: (value: number) => void }

export function MinutesField({ label, value, min, onChange }: MinutesFieldProps) {
  const { t } = useTranslation('classes')
  return (
    <NumberInput
      label={label}
      suffix={` ${t('start.minutesUnit')}`}
      value={value}
      min={min}
      max={LONGEST_MINUTES}
      step={5}
      clampBehavior="strict"
      allowDecimal={false}
      hideControls
      onChange={(next) => onChange(typeof next === 'number' ? next : min)}
    />
  )
}
