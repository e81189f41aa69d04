import { adjustFaceCheck, type ClassStudent, listClassStudents } from '@app/contract'
import { ACTIONS, leavesActions } from '@app/domain'
import { Button, Checkbox, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import '../../ui/checkbox-styles.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice, Notice } from '../../ui/states.tsx'
import { useForm } from '../../ui/use-form.ts'

type AdjustFaceCheckProps = { student: ClassStudent; onClose: () => void }

/** What one student cannot do, and is not asked for. */
export function AdjustFaceCheck({ student, onClose }: AdjustFaceCheckProps) {
  const { t } = useTranslation(['classes', 'reasons'])
  const notify = useNotify()
  const adjust = useSend(adjustFaceCheck, { changes: [listClassStudents] })
  const { personId, fullName } = student
  const form = useForm({
    initial: { cannotDo: student.cannotDo, reason: '' },
    schema: adjustFaceCheck.body,
    onSubmit: async (body) => {
      await adjust.mutateAsync({ params: { personId }, body })
      notify.done(t('classes:adjust.done', { name: fullName }))
      onClose()
    },
  })
  const { cannotDo } = form.values
  const tooMany = leavesActions(cannotDo) ? undefined : t('classes:adjust.tooMany')
  const cannotTurn = cannotDo.includes('turn-left') && cannotDo.includes('turn-right')
  return (
    <Dialog title={t('classes:adjust.title', { name: fullName })} onClose={onClose}>
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <ErrorNotice error={form.failure} />
          <Checkbox.Group
            label={t('classes:adjust.actions')}
            description={t('classes:adjust.actionsHint')}
            value={[...cannotDo]}
            error={tooMany ?? form.errorOf('cannotDo')}
            onChange={(chosen) =>
              form.set(
                'cannotDo',
                ACTIONS.filter((action) => chosen.includes(action)),
              )
            }
          >
            {ACTIONS.map((action) => (
              <Checkbox key={action} value={action} label={t(`reasons:actionNames.${action}`)} />
            ))}
          </Checkbox.Group>
          {cannotTurn && <Notice>{t('classes:adjust.noTurns')}</Notice>}
          <TextInput
            label={t('classes:adjust.reason')}
            description={t('classes:adjust.reasonHint')}
            autoComplete="off"
            {...form.text('reason')}
          />
          <Button type="submit" loading={form.isSending} disabled={tooMany !== undefined}>
            {t('classes:adjust.submit')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  )
}
