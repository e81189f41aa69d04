import type { ClashView } from '@app/contract'
import { Button, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useDayFormat } from '../../ui/days.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/states.tsx'

/** What is at the same time as that which was just saved: told, not forbidden. */
export function ClashDialog({ clashes, onClose }: { clashes: readonly ClashView[]; onClose: () => void }) {
  const { t } = useTranslation('timetable')
  const days = useDayFormat()
  return (
    <Dialog title={t('clash.title')} onClose={onClose}>
      <Stack gap="sm">
        {clashes.map(({ because, name, className, subjectCode, firstDay, startsAt, times }) => (
          <Notice key={`${because} ${name} ${className} ${firstDay} ${startsAt}`}>
            {t(`clash.${because}`, {
              name,
              other: `${subjectCode} ${className}`,
              day: days.short(firstDay),
              time: days.time(startsAt),
              count: times,
            })}
          </Notice>
        ))}
        <Text c="dimmed">{t('clash.hint')}</Text>
        <Button onClick={onClose} data-autofocus>
          {t('clash.done')}
        </Button>
      </Stack>
    </Dialog>
  )
}
