import type { Tile } from '@app/contract'
import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNotice, Notice } from '../../ui/states.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import { DecisionFields } from './decision-fields.tsx'
import { MarkHistory } from './mark-history.tsx'
import { useRefusalText } from './refusal-text.ts'
import { useStatusText } from './status-text.ts'
import { type Decision, useMarking } from './use-marking.ts'

type MarkDialogProps = { sessionId: string; tile: Tile; canChange: boolean; onClose: () => void }

/** One student's mark: what it is, how it came about, and, for those who may, what it becomes. */
export function MarkDialog({ sessionId, tile, canChange, onClose }: MarkDialogProps) {
  const { t } = useTranslation('live-board')
  const [view, setView] = useState<'mark' | 'history'>(canChange ? 'mark' : 'history')
  return (
    <Dialog title={t('mark.title', { name: tile.fullName })} onClose={onClose}>
      <Stack gap="md">
        <Standing tile={tile} />
        {canChange && (
          <SegmentedControl
            aria-label={t('mark.view')}
            value={view}
            onChange={(next) => setView(next as 'mark' | 'history')}
            data={[
              { value: 'mark', label: t('mark.decide') },
              { value: 'history', label: t('mark.history') },
            ]}
          />
        )}
        {view === 'mark' ? (
          <DecideForm sessionId={sessionId} tile={tile} onClose={onClose} />
        ) : (
          <MarkHistory sessionId={sessionId} studentId={tile.studentId} />
        )}
      </Stack>
    </Dialog>
  )
}

const firstDecision = ({ status, ownStatus, reason, note }: Tile): Decision => ({
  status: status === null || status === 'absent' ? 'present' : status,
  ownStatusId: ownStatus?.id ?? null,
  reason: reason ?? '',
  note: note ?? '',
})

/** The tile is the one that was opened: when it changes meanwhile, that is said, and the decision is made again. */
function DecideForm({ sessionId, tile, onClose }: { sessionId: string; tile: Tile; onClose: () => void }) {
  const { t } = useTranslation('live-board')
  const statusText = useStatusText()
  const [seen, setSeen] = useState(tile)
  const [decision, setDecision] = useState(() => firstDecision(tile))
  const marking = useMarking(sessionId)
  const hasChanged = seen.version !== tile.version

  function save(chosen: Decision) {
    const trimmed = { ...chosen, reason: chosen.reason.trim(), note: chosen.note.trim() }
    marking.markOne(seen, trimmed).then(onClose, () => {}) // shown in the dialog
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    save(decision)
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {hasChanged && (
          <Notice>
            {t('mark.changed', { status: statusText(tile) })}{' '}
            <Button variant="default" size="compact-md" onClick={() => setSeen(tile)}>
              {t('mark.decideAgain')}
            </Button>
          </Notice>
        )}
        <ErrorNotice error={hasChanged ? null : marking.error} />
        <DecisionFields
          value={decision}
          onChange={setDecision}
          onQuick={hasChanged ? null : save}
          isPending={marking.isPending}
        />
        <Button type="submit" loading={marking.isPending} disabled={hasChanged}>
          {t('mark.action')}
        </Button>
      </Stack>
    </form>
  )
}

function Standing({ tile }: { tile: Tile }) {
  const { t } = useTranslation(['live-board', 'shell'])
  const { time } = useTimeFormat()
  const refusalText = useRefusalText()
  const statusText = useStatusText()
  const { status, method, markedAt, markedBy, reason, note, refusals, rollNo, assurance } = tile
  return (
    <div>
      <Text c="dimmed">{rollNo}</Text>
      {status === null || method === null || markedAt === null ? (
        <Text>{t('live-board:mark.notYet')}</Text>
      ) : (
        <Group gap="xs">
          <StatusBadge status={status} label={statusText(tile)} />
          <Text>
            {markedBy === null
              ? t('live-board:mark.at', { method: t(`shell:method.${method}`), time: time(markedAt) })
              : t('live-board:mark.by', { method: t(`shell:method.${method}`), time: time(markedAt), name: markedBy })}
          </Text>
        </Group>
      )}
      {assurance !== null && <Text c="dimmed">{t(`live-board:assurance.${assurance}`)}</Text>}
      {reason !== null && <Text>{reason}</Text>}
      {note !== null && <Text c="dimmed">{t('live-board:mark.noteOf', { note })}</Text>}
      {refusals !== null && <Text c="dimmed">{refusalText(tile)}</Text>}
    </div>
  )
}
