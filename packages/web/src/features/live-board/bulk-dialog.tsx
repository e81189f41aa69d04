import type { Tile } from '@app/contract'
import { Button, Stack } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { DecisionFields } from './decision-fields.tsx'
import { plainly, useMarking } from './use-marking.ts'

type BulkDialogProps = {
  sessionId: string
  /** Those who were chosen, or everybody without a mark: also those who get none while the dialog is open. */
  students: 'unmarked' | readonly Tile[]
  count: number
  onClose: () => void
  onDone: () => void
}

/** One decision for many. */
export function BulkDialog({ sessionId, students, count, onClose, onDone }: BulkDialogProps) {
  const { t } = useTranslation('live-board')
  const [decision, setDecision] = useState(() => plainly('present'))
  const marking = useMarking(sessionId)

  function submit(event: FormEvent) {
    event.preventDefault()
    marking.markAll(students, { ...decision, reason: decision.reason.trim(), note: decision.note.trim() }).then(
      onDone,
      () => {}, // shown in the dialog
    )
  }

  return (
    <Dialog
      title={students === 'unmarked' ? t('bulk.titleUnmarked', { count }) : t('bulk.title', { count })}
      onClose={onClose}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <ErrorNotice error={marking.error} />
          <DecisionFields value={decision} onChange={setDecision} onQuick={null} isPending={marking.isPending} />
          <Button type="submit" loading={marking.isPending}>
            {t('bulk.action', { count })}
          </Button>
        </Stack>
      </form>
    </Dialog>
  )
}
