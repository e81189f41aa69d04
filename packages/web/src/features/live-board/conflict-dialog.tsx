import { decideFaceConflict, getBoard, type Tile } from '@app/contract'
import { Button, Checkbox, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import '../../ui/checkbox-styles.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNotice } from '../../ui/states.tsx'

type ConflictDialogProps = { sessionId: string; conflictId: string; tiles: readonly Tile[]; onClose: () => void }

/** One face was marked for two students: the teacher, who sees the room, says who is there. */
export function ConflictDialog({ sessionId, conflictId, tiles, onClose }: ConflictDialogProps) {
  const { t } = useTranslation('live-board')
  const [present, setPresent] = useState<string[]>([])
  const [areTwins, setAreTwins] = useState(false)
  const [reason, setReason] = useState('')
  const decide = useSend(decideFaceConflict, { changes: [getBoard] })
  const areBoth = present.length === tiles.length

  function submit(event: FormEvent) {
    event.preventDefault()
    const body = { present, areTwins: areTwins && areBoth, reason: reason.trim() }
    decide.mutateAsync({ params: { sessionId, conflictId }, body }).then(
      onClose,
      () => {}, // shown in the dialog
    )
  }

  return (
    <Dialog title={t('oneFace.title')} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text>{t('oneFace.text')}</Text>
          <ErrorNotice error={decide.error} />
          <Checkbox.Group label={t('oneFace.present')} value={present} onChange={setPresent}>
            {tiles.map(({ studentId, fullName, rollNo }) => (
              <Checkbox key={studentId} value={studentId} label={`${fullName} ${rollNo}`} />
            ))}
          </Checkbox.Group>
          {areBoth && (
            <Checkbox
              checked={areTwins}
              onChange={(event) => setAreTwins(event.currentTarget.checked)}
              label={t('oneFace.twins')}
            />
          )}
          <TextInput
            label={t('mark.reason')}
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button type="submit" loading={decide.isPending}>
            {present.length === 0 ? t('oneFace.neither') : t('oneFace.save')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  )
}
