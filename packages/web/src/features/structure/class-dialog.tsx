import {
  type ClassSummary,
  createClass,
  getClass,
  listArchivedClasses,
  listClasses,
  listStaff,
  listSubjects,
  listTerms,
  updateClass,
} from '@app/contract'
import { Checkbox, NativeSelect, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRead, useSend } from '../../api/use-api.tsx'
import '../../ui/checkbox-styles.ts'
import { useNotify } from '../../ui/messages.tsx'
import { useForm } from '../../ui/use-form.ts'
import { FormDialog } from './form-dialog.tsx'

const CHANGES = { changes: [listClasses, listArchivedClasses, getClass, listTerms, listSubjects] }

type Values = { name: string; room: string; subjectId: string; termId: string | null; teacherIds: string[] }

/** A new class, or what is to be otherwise about one that is there. */
export function ClassDialog({ summary, onClose }: { summary: ClassSummary | null; onClose: () => void }) {
  const { t } = useTranslation('structure')
  const notify = useNotify()
  const subjects = useRead(listSubjects).data?.subjects ?? []
  const create = useSend(createClass, CHANGES)
  const update = useSend(updateClass, CHANGES)
  const form = useForm<Values>({
    initial: valuesOf(summary),
    schema: updateClass.body,
    failureAt: { 'class-name-taken': 'name' },
    onSubmit: async ({ subjectId, ...values }) => {
      const subject = subjects.find(({ id }) => id === subjectId)
      if (summary === null && subject !== undefined)
        await create.mutateAsync({ body: { ...values, subjectCode: subject.code, subjectName: subject.name } })
      if (summary !== null)
        await update.mutateAsync({ params: { classId: summary.id }, body: { subjectId, ...values } })
      notify.done(t('isSaved', { name: values.name }))
      onClose()
    },
  })
  const { subjectId } = form.values
  const choices = subjects.filter(({ id, archivedAt }) => archivedAt === null || id === subjectId)
  return (
    <FormDialog
      title={summary === null ? t('classTable.add') : t('editOf', { name: summary.name })}
      form={form}
      onClose={onClose}
    >
      <TextInput label={t('name')} autoComplete="off" data-autofocus {...form.text('name')} />
      <NativeSelect
        label={t('classTable.subject')}
        {...form.text('subjectId')}
        data={[
          ...(subjectId === '' ? [{ value: '', label: '' }] : []),
          ...choices.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` })),
        ]}
      />
      <TermChoice value={form.values.termId} onChange={(termId) => form.set('termId', termId)} />
      <TextInput
        label={t('classTable.room')}
        description={t('classTable.roomHint')}
        autoComplete="off"
        {...form.text('room')}
      />
      <TeacherChoice
        summary={summary}
        chosen={form.values.teacherIds}
        error={form.errorOf('teacherIds')}
        onChange={(ids) => form.set('teacherIds', ids)}
      />
    </FormDialog>
  )
}

const valuesOf = (summary: ClassSummary | null): Values => ({
  name: summary?.name ?? '',
  room: summary?.room ?? '',
  subjectId: summary?.subject.id ?? '',
  termId: summary?.term?.id ?? null,
  teacherIds: summary?.teachers.map(({ personId }) => personId) ?? [],
})

function TermChoice({ value, onChange }: { value: string | null; onChange: (termId: string | null) => void }) {
  const { t } = useTranslation('structure')
  const terms = useRead(listTerms).data?.terms ?? []
  const choices = terms.filter(({ id, archivedAt }) => archivedAt === null || id === value)
  return (
    <NativeSelect
      label={t('classTable.term')}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
      data={[
        { value: '', label: t('classTable.noTerm') },
        ...choices.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  )
}

type TeacherChoiceProps = {
  summary: ClassSummary | null
  chosen: string[]
  error: string | undefined
  onChange: (ids: string[]) => void
}

/** Whoever may teach, and whoever does already. */
function TeacherChoice({ summary, chosen, error, onChange }: TeacherChoiceProps) {
  const { t } = useTranslation('structure')
  const staff = useRead(listStaff).data?.staff ?? []
  const able = staff.filter(
    ({ roles, status }) => roles.includes('teacher') && (status === 'active' || status === 'invited'),
  )
  const known = new Map([...(summary?.teachers ?? []), ...able].map(({ personId, fullName }) => [personId, fullName]))
  return (
    <Checkbox.Group label={t('classTable.teachers')} value={chosen} error={error} onChange={onChange}>
      {[...known].map(([personId, fullName]) => (
        <Checkbox key={personId} value={personId} label={fullName} />
      ))}
      {known.size === 0 && <Text c="dimmed">{t('classTable.noTeacher')}</Text>}
    </Checkbox.Group>
  )
}
