import { AttendanceStatus, getBoard, markByHand, type Tile } from '@app/contract'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readOptions, useApi, useSend } from '../../api/use-api.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { StatusBadge, StatusShape } from '../../ui/status-badge.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import classes from './mark-dialog.module.css'
import { useRefusalText } from './refusal-text.ts'

const QUICK_REASONS = ['camera', 'noPhone', 'seen', 'medical', 'left'] as const

type MarkDialogProps = { sessionId: string; tile: Tile; onClose: () => void }

/** Marks one student by hand: what, and why. A common reason saves at once. */
export function MarkDialog({ sessionId, tile, onClose }: MarkDialogProps) {
  const { t } = useTranslation(['live-board', 'shell'])
  const [status, setStatus] = useState<AttendanceStatus>(
    tile.status === null || tile.status === 'absent' ? 'present' : tile.status,
  )
  const [reason, setReason] = useState(tile.reason ?? '')
  const { send, isPending, error } = useMark(sessionId, tile, onClose)

  function submit(event: FormEvent) {
    event.preventDefault()
    send(status, reason.trim())
  }

  return (
    <Dialog title={t('live-board:mark.title', { name: tile.fullName })} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Standing tile={tile} />
          <ErrorNotice error={error} />
          <fieldset className={classes.statuses}>
            <legend>{t('live-board:mark.status')}</legend>
            {AttendanceStatus.options.map((option) => (
              <label key={option} className={classes.status} data-chosen={option === status}>
                <input
                  type="radio"
                  name="status"
                  checked={option === status}
                  onChange={() => setStatus(option)}
                  data-autofocus={option === status ? true : undefined}
                />
                <StatusShape status={option} />
                {t(`shell:status.${option}`)}
              </label>
            ))}
          </fieldset>
          <TextInput
            label={t('live-board:mark.reason')}
            description={t('live-board:mark.reasonHint')}
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group gap="xs" role="group" aria-label={t('live-board:mark.quick')}>
            {QUICK_REASONS.map((key) => {
              const text = t(`live-board:mark.reasons.${key}`)
              return (
                <Button
                  key={key}
                  variant="default"
                  px="sm"
                  fw={500}
                  disabled={isPending}
                  onClick={() => send(status, text)}
                >
                  {text}
                </Button>
              )
            })}
          </Group>
          <Button type="submit" loading={isPending}>
            {t('live-board:mark.action')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  )
}

function Standing({ tile }: { tile: Tile }) {
  const { t } = useTranslation(['live-board', 'shell'])
  const { time } = useTimeFormat()
  const refusalText = useRefusalText()
  const { status, method, markedAt, markedBy, reason, refusals, rollNo } = tile
  return (
    <div>
      <Text c="dimmed">{rollNo}</Text>
      {status === null || method === null || markedAt === null ? (
        <Text>{t('live-board:mark.notYet')}</Text>
      ) : (
        <Group gap="xs">
          <StatusBadge status={status} />
          <Text>
            {markedBy === null
              ? t('live-board:mark.at', { method: t(`shell:method.${method}`), time: time(markedAt) })
              : t('live-board:mark.by', { method: t(`shell:method.${method}`), time: time(markedAt), name: markedBy })}
          </Text>
        </Group>
      )}
      {reason !== null && <Text>{reason}</Text>}
      {refusals !== null && <Text c="dimmed">{refusalText(tile)}</Text>}
    </div>
  )
}

/** The answer goes into the board at once; the event that follows says the same. */
function useMark(sessionId: string, { studentId, fullName, note, version }: Tile, onClose: () => void) {
  const { t } = useTranslation(['live-board', 'shell'])
  const api = useApi()
  const cache = useQueryClient()
  const notify = useNotify()
  const mark = useSend(markByHand)

  function send(status: AttendanceStatus, reason: string) {
    mark.mutate(
      {
        params: { sessionId, studentId },
        body: { status, reason, ownStatusId: null, note: note ?? '', seen: version },
      },
      {
        onSuccess: (marked) => {
          const { queryKey } = readOptions(api, getBoard, { params: { sessionId } })
          cache.setQueryData(queryKey, (board) =>
            board === undefined
              ? undefined
              : { ...board, tiles: board.tiles.map((tile) => (tile.studentId === studentId ? marked : tile)) },
          )
          notify.done(t('live-board:mark.done', { name: fullName, status: t(`shell:status.${status}`) }))
          onClose()
        },
      },
    )
  }
  return { send, isPending: mark.isPending, error: mark.error }
}
