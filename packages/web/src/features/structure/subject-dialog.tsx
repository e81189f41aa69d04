import {
  createSubject,
  listClasses,
  listDepartments,
  listSubjects,
  type SubjectView,
  updateSubject,
} from '@app/contract'
import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRead, useSend } from '../../api/use-api.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { useForm } from '../../ui/use-form.ts'
import { FormDialog } from './form-dialog.tsx'

const CHANGES = { changes: [listSubjects, listDepartments, listClasses] }

/** A new subject, or another code, name or department for one that is there. */
export function SubjectDialog({ subject, onClose }: { subject: SubjectView | null; onClose: () => void }) {
  const { t } = useTranslation('structure')
  const notify = useNotify()
  const departments = useRead(listDepartments).data?.departments ?? []
  const create = useSend(createSubject, CHANGES)
  const update = useSend(updateSubject, CHANGES)
  const form = useForm<{ code: string; name: string; departmentId: string | null }>({
    initial: { code: subject?.code ?? '', name: subject?.name ?? '', departmentId: subject?.department?.id ?? null },
    schema: createSubject.body,
    failureAt: { 'subject-code-taken': 'code' },
    onSubmit: async (body) => {
      await (subject === null
        ? create.mutateAsync({ body })
        : update.mutateAsync({ params: { subjectId: subject.id }, body }))
      notify.done(t('isSaved', { name: body.name }))
      onClose()
    },
  })
  const { departmentId } = form.values
  const choices = departments.filter(({ id, archivedAt }) => archivedAt === null || id === departmentId)
  return (
    <FormDialog
      title={subject === null ? t('subjects.add') : t('editOf', { name: subject.name })}
      form={form}
      onClose={onClose}
    >
      <TextInput
        label={t('subjects.code')}
        description={t('subjects.codeHint')}
        autoComplete="off"
        data-autofocus
        {...form.text('code')}
      />
      <TextInput label={t('name')} autoComplete="off" {...form.text('name')} />
      {choices.length > 0 && (
        <NativeSelect
          label={t('subjects.department')}
          value={departmentId ?? ''}
          onChange={({ currentTarget }) => form.set('departmentId', currentTarget.value || null)}
          data={[
            { value: '', label: t('subjects.noDepartment') },
            ...choices.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
    </FormDialog>
  )
}
