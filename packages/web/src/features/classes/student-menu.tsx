import {
  allowNewEnrolment,
  type ClassStudent,
  getClass,
  listClasses,
  listClassStudents,
  reinvitePerson,
  removeStudent,
} from '@app/contract'
import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe, useSend } from '../../api/use-api.tsx'
import { ConfirmByName } from '../../ui/confirm-by-name.tsx'
import '../../ui/menu-styles.ts'
import { toHandOver } from '../../ui/hand-over-invite.tsx'
import type { Invites } from '../../ui/invite-links.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { MergeStudentDialog } from '../../ui/students/merge-student-dialog.tsx'
import { MoveStudentDialog } from '../../ui/students/move-student-dialog.tsx'
import { AdjustFaceCheck } from './adjust-face-check.tsx'

type StudentMenuProps = {
  classId: string
  student: ClassStudent
  onInvites: (invites: Invites) => void
}

/** What a teacher can do for one student of the class. */
export function StudentMenu({ classId, student, onInvites }: StudentMenuProps) {
  const { t } = useTranslation(['classes', 'moving'])
  const notify = useNotify()
  const { personId, rollNo, fullName, account, face } = student
  const reinvite = useSend(reinvitePerson)
  const allow = useSend(allowNewEnrolment, { changes: [listClassStudents] })
  const [isRemoving, setIsRemoving] = useState(false)
  const [isAdjusting, setIsAdjusting] = useState(false)
  const [isMoving, setIsMoving] = useState(false)
  const [isMerging, setIsMerging] = useState(false)
  const isAdmin = useMe().roles.includes('admin')

  function makeInvite() {
    reinvite.mutate(
      { params: { personId } },
      {
        onSuccess(sent) {
          const handOver = toHandOver(sent)
          const links = handOver === null ? [] : [{ personId, rollNo, fullName, ...handOver }]
          onInvites({ mailed: 1 - links.length, links })
        },
        onError: notify.failed,
      },
    )
  }

  function allowOnceMore() {
    allow.mutate(
      { params: { personId } },
      { onSuccess: () => notify.done(t('classes:students.allowed', { name: fullName })), onError: notify.failed },
    )
  }

  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon color="gray" aria-label={t('classes:students.actions', { name: fullName })}>
            <IconDots aria-hidden size={22} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {account === 'invited' && <Menu.Item onClick={makeInvite}>{t('classes:students.reinvite')}</Menu.Item>}
          {(face === 'enrolled' || face === 'needs-approval') && (
            <Menu.Item onClick={allowOnceMore}>{t('classes:students.allowEnrolment')}</Menu.Item>
          )}
          <Menu.Item onClick={() => setIsAdjusting(true)}>{t('classes:students.adjust')}</Menu.Item>
          <Menu.Item onClick={() => setIsMoving(true)}>{t('moving:move.action')}</Menu.Item>
          {isAdmin && <Menu.Item onClick={() => setIsMerging(true)}>{t('moving:merge.action')}</Menu.Item>}
          <Menu.Item onClick={() => setIsRemoving(true)}>{t('classes:students.remove')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isAdjusting && <AdjustFaceCheck student={student} onClose={() => setIsAdjusting(false)} />}
      {isMoving && <MoveStudentDialog student={student} fromClassId={classId} onClose={() => setIsMoving(false)} />}
      {isMerging && (
        <MergeStudentDialog student={student} onMerged={() => undefined} onClose={() => setIsMerging(false)} />
      )}
      {isRemoving && <RemoveStudent classId={classId} student={student} onClose={() => setIsRemoving(false)} />}
    </>
  )
}

type RemoveStudentProps = { classId: string; student: ClassStudent; onClose: () => void }

function RemoveStudent({ classId, student, onClose }: RemoveStudentProps) {
  const { t } = useTranslation('classes')
  const notify = useNotify()
  const remove = useSend(removeStudent, { changes: [listClassStudents, getClass, listClasses] })
  const { personId, fullName } = student
  return (
    <ConfirmByName
      title={t('students.removeTitle', { name: fullName })}
      text={t('students.removeText')}
      name={fullName}
      action={t('students.remove')}
      isSending={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(
          { params: { classId, personId } },
          {
            onSuccess: () => {
              notify.done(t('students.removed', { name: fullName }))
              onClose()
            },
          },
        )
      }
    />
  )
}
