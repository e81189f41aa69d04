import {
  listClasses,
  listClassStudents,
  listEnrolmentHolds,
  listPeople,
  type MergePreview,
  mergeStudents,
  previewMerge,
} from '@app/contract'
import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core'
import '@mantine/core/styles/InlineInput.css'
import '@mantine/core/styles/Radio.css'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, useSend } from '../../api/use-api.tsx'
import { useNotify } from '../messages.tsx'
import { ErrorNotice, ErrorState, Notice, Skeletons } from '../states.tsx'
import classes from './merge.module.css'
import { MergeFacts } from './merge-facts.tsx'

export type Student = { personId: string; fullName: string }

type MergeFormProps = {
  student: Student
  other: Student
  onBack: () => void
  onMerged: (keptId: string) => void
}

/** What would happen, which way round, and the name typed: it cannot be undone. */
export function MergeForm({ student, other, onBack, onMerged }: MergeFormProps) {
  const { t } = useTranslation('moving')
  const [isSwapped, setIsSwapped] = useState(false)
  const [kept, merged] = isSwapped ? [other, student] : [student, other]
  const preview = useRead(previewMerge, { params: { personId: merged.personId }, query: { into: kept.personId } })
  return (
    <Stack gap="md">
      {preview.isPending && <Skeletons rows={3} />}
      {preview.isError && <ErrorState error={preview.error} />}
      {preview.data && (
        <>
          <div className={classes.sides}>
            <Side fate={t('merge.keeps')} person={preview.data.kept} />
            <Side fate={t('merge.ends')} person={preview.data.merged} />
          </div>
          <Group gap="xs">
            <Button variant="default" onClick={() => setIsSwapped(!isSwapped)}>
              {t('merge.swap')}
            </Button>
            <Button variant="subtle" onClick={onBack}>
              {t('merge.back')}
            </Button>
          </Group>
          <MergeFacts preview={preview.data} />
          <Confirm key={kept.personId} preview={preview.data} onMerged={onMerged} />
        </>
      )}
      {preview.isError && (
        <Button variant="default" onClick={onBack}>
          {t('merge.back')}
        </Button>
      )}
    </Stack>
  )
}

function Side({ fate, person }: { fate: string; person: MergePreview['kept'] }) {
  const { t } = useTranslation('moving')
  const { fullName, rollNo, email, account } = person
  return (
    <div className={classes.side}>
      <p className={classes.fate}>{fate}</p>
      <Text fw={650}>{fullName}</Text>
      <Text size="sm">{[rollNo, email, t(`merge.account.${account}`)].filter(Boolean).join(' · ')}</Text>
    </div>
  )
}

const STALE = { changes: [listClassStudents, listClasses, listPeople, listEnrolmentHolds] }

type ConfirmProps = { preview: MergePreview; onMerged: (keptId: string) => void }

function Confirm({ preview, onMerged }: ConfirmProps) {
  const { t } = useTranslation('moving')
  const notify = useNotify()
  const merge = useSend(mergeStudents, STALE)
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const [isWrong, setIsWrong] = useState(false)
  const [keepFace, setKeepFace] = useState<'kept' | 'merged' | null>(null)
  const { kept, merged, face } = preview
  const names = { kept: kept.fullName, merged: merged.fullName }

  function submit(event: FormEvent) {
    event.preventDefault()
    const isSame = typed.trim().toLowerCase() === merged.fullName.trim().toLowerCase()
    setIsWrong(!isSame)
    if (!isSame) return
    merge.mutateAsync({ params: { personId: merged.personId }, body: { into: kept.personId, keepFace, reason } }).then(
      () => {
        notify.done(t('merge.done', names))
        onMerged(kept.personId)
      },
      () => {}, // shown above the fields
    )
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <ErrorNotice error={merge.error} />
        {face === 'choose' && (
          <Radio.Group
            label={t('merge.keepFace')}
            value={keepFace}
            onChange={(side) => setKeepFace(side === 'kept' ? 'kept' : 'merged')}
          >
            {(
              [
                ['kept', kept],
                ['merged', merged],
              ] as const
            ).map(([side, { fullName, rollNo }]) => (
              <Radio key={side} value={side} label={t('merge.keepFaceOf', { name: fullName, rollNo: rollNo ?? '' })} />
            ))}
          </Radio.Group>
        )}
        <TextInput
          label={t('merge.reason')}
          description={t('merge.reasonHint')}
          autoComplete="off"
          maxLength={500}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <Notice>{t('merge.warning')}</Notice>
        <TextInput
          label={t('merge.confirm', { name: merged.fullName })}
          autoComplete="off"
          value={typed}
          error={isWrong ? t('merge.mismatch') : undefined}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Button type="submit" color="red.9" loading={merge.isPending} disabled={face === 'choose' && keepFace === null}>
          {t('merge.submit')}
        </Button>
      </Stack>
    </form>
  )
}
