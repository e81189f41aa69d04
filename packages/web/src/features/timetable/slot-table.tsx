import type { SlotView } from '@app/contract'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { useDayFormat } from '../../ui/days.ts'

type SlotTableProps = { slots: readonly SlotView[]; onEdit: (slot: SlotView) => void }

export function SlotTable({ slots, onEdit }: SlotTableProps) {
  const { t } = useTranslation('timetable')
  const days = useDayFormat()
  const columns: Column<SlotView>[] = [
    {
      key: 'weekday',
      title: t('slots.weekday'),
      isName: true,
      render: ({ weekday }) => days.weekday(weekday),
    },
    {
      key: 'time',
      title: t('slots.time'),
      render: ({ startsAt, minutes }) => days.span(startsAt, minutes),
    },
    { key: 'room', title: t('slots.room'), render: ({ room }) => room || t('slots.ownRoom') },
    {
      key: 'validity',
      title: t('slots.validity'),
      render: ({ validFrom, validUntil }) =>
        t('slots.until', { from: days.full(validFrom), to: days.full(validUntil) }),
    },
    {
      key: 'change',
      title: t('slots.change'),
      hasHiddenTitle: true,
      render: (slot) => (
        <Button
          variant="default"
          aria-label={t('slots.changeOf', { weekday: days.weekday(slot.weekday), time: days.time(slot.startsAt) })}
          onClick={() => onEdit(slot)}
        >
          {t('slots.change')}
        </Button>
      ),
    },
  ]
  return <DataTable caption={t('slots.heading')} columns={columns} rows={slots} keyOf={({ id }) => id} />
}
