import { getBoard, startSpotCheck } from '@app/contract'
import { Button, NativeSelect, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice } from '../../ui/states.tsx'

const COUNTS = [1, 2, 3, 5, 10, 20]

/** Asks some of the marked students to show once more that they are there. */
export function SpotCheckDialog({ sessionId, onClose }: { sessionId: string; onClose: () => void }) {
  const { t } = useTranslation('live-board')
  const notify = useNotify()
  const [count, setCount] = useState(3)
  const start = useSend(startSpotCheck, { changes: [getBoard] })

  function submit(event: FormEvent) {
    event.preventDefault()
    start.mutateAsync({ params: { sessionId }, body: { students: count } }).then(
      ({ tiles }) => {
        notify.done(tiles.length === 0 ? t('spot.nobody') : t('spot.asked', { count: tiles.length }))
        onClose()
      },
      () => {}, // shown in the dialog
    )
  }

  return (
    <Dialog title={t('spot.title')} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text>{t('spot.text')}</Text>
          <ErrorNotice error={start.error} />
          <NativeSelect
            label={t('spot.count')}
            value={String(count)}
            onChange={({ currentTarget }) => setCount(Number(currentTarget.value))}
            data={COUNTS.map(String)}
            data-autofocus
          />
          <Button type="submit" loading={start.isPending}>
            {t('spot.action')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  )
}
