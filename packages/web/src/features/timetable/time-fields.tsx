import { Group, TextInput } from '@mantine/core'
import type { ChangeEvent } from 'react'
import { useTranslation } from 'react-i18next'

type TextProps = {
  name: string
  value: string
  error: string | undefined
  onChange: (event: ChangeEvent<HTMLInputElement>) => void
}
type TimeFieldsProps = { startsAt: TextProps; minutes: TextProps; onMinutes: (minutes: number) => void }

/** When something begins, and how long it is. */
export function TimeFields({ startsAt, minutes, onMinutes }: TimeFieldsProps) {
  const { t } = useTranslation('timetable')
  return (
    <Group grow align="flex-start">
      <TextInput type="time" label={t('slots.startsAt')} {...startsAt} />
      <TextInput
        {...minutes}
        type="number"
        min={5}
        max={720}
        step={5}
        label={t('slots.minutes')}
        onChange={({ currentTarget }) => onMinutes(Number(currentTarget.value))}
      />
    </Group>
  )
}
