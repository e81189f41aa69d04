import { AttendanceStatus, listOwnStatuses, type OwnStatus } from '@app/contract'
import { Button, Group, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/use-api.tsx'
import { StatusShape } from '../../ui/status-badge.tsx'
import classes from './mark-dialog.module.css'
import type { Decision } from './use-marking.ts'

const QUICK_REASONS = ['camera', 'noPhone', 'seen', 'medical', 'left'] as const

type DecisionFieldsProps = {
  value: Decision
  onChange: (value: Decision) => void
  /** Null where one reason is as common as another. */
  onQuick: ((value: Decision) => void) | null
  isPending: boolean
}

/** What a mark becomes and why: one of the four statuses or of the institution's own, a reason, a note. */
export function DecisionFields({ value, onChange, onQuick, isPending }: DecisionFieldsProps) {
  const { t } = useTranslation(['live-board', 'shell'])
  const own = useRead(listOwnStatuses).data?.statuses.filter(({ isArchived }) => !isArchived) ?? []
  const choose = (status: AttendanceStatus, ownStatusId: string | null) => onChange({ ...value, status, ownStatusId })
  return (
    <>
      <fieldset className={classes.statuses}>
        <legend>{t('live-board:mark.status')}</legend>
        {AttendanceStatus.options.map((option) => (
          <StatusChoice
            key={option}
            status={option}
            label={t(`shell:status.${option}`)}
            isChosen={value.ownStatusId === null && value.status === option}
            onChoose={() => choose(option, null)}
          />
        ))}
        {own.map(({ id, base, name }: OwnStatus) => (
          <StatusChoice
            key={id}
            status={base}
            label={name}
            isChosen={value.ownStatusId === id}
            onChoose={() => choose(base, id)}
          />
        ))}
      </fieldset>
      <TextInput
        label={t('live-board:mark.reason')}
        description={t('live-board:mark.reasonHint')}
        value={value.reason}
        maxLength={500}
        onChange={(event) => onChange({ ...value, reason: event.currentTarget.value })}
      />
      {onQuick !== null && (
        <Group gap="xs" role="group" aria-label={t('live-board:mark.quick')}>
          {QUICK_REASONS.map((key) => {
            const reason = t(`live-board:mark.reasons.${key}`)
            return (
              <Button
                key={key}
                variant="default"
                px="sm"
                fw={500}
                disabled={isPending}
                onClick={() => onQuick({ ...value, reason })}
              >
                {reason}
              </Button>
            )
          })}
        </Group>
      )}
      <Textarea
        label={t('live-board:mark.note')}
        description={t('live-board:mark.noteHint')}
        value={value.note}
        maxLength={500}
        autosize
        minRows={1}
        maxRows={4}
        onChange={(event) => onChange({ ...value, note: event.currentTarget.value })}
      />
    </>
  )
}

type StatusChoiceProps = { status: AttendanceStatus; label: string; isChosen: boolean; onChoose: () => void }

function StatusChoice({ status, label, isChosen, onChoose }: StatusChoiceProps) {
  return (
    <label className={classes.status} data-chosen={isChosen}>
      <input
        type="radio"
        name="status"
        checked={isChosen}
        onChange={onChoose}
        data-autofocus={isChosen ? true : undefined}
      />
      <StatusShape status={status} />
      {label}
    </label>
  )
}
