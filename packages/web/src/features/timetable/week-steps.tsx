import type { WeekView } from '@app/contract'
import { addDays } from '@app/domain'
import { ActionIcon, Button, Group, Title } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useDayFormat } from '../../ui/days.ts'

type WeekStepsProps = { week: WeekView; onWeek: (day: string | null) => void }

/** From week to week, and back to the present one. */
export function WeekSteps({ week, onWeek }: WeekStepsProps) {
  const { t } = useTranslation('timetable')
  const days = useDayFormat()
  const [from, to] = [week.days[0] ?? week.today, week.days.at(-1) ?? week.today]
  const isNow = week.days.includes(week.today)
  return (
    <Group gap="xs" mb="md">
      <ActionIcon variant="default" aria-label={t('week.previous')} onClick={() => onWeek(addDays(from, -7))}>
        <IconChevronLeft aria-hidden size={22} />
      </ActionIcon>
      <ActionIcon variant="default" aria-label={t('week.next')} onClick={() => onWeek(addDays(from, 7))}>
        <IconChevronRight aria-hidden size={22} />
      </ActionIcon>
      {!isNow && (
        <Button variant="default" onClick={() => onWeek(null)}>
          {t('week.now')}
        </Button>
      )}
      <Title order={2} size="h3" aria-live="polite">
        {t('week.label', { from: days.full(from), to: days.full(to) })}
      </Title>
    </Group>
  )
}
