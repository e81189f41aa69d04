import { createClass, listClasses, listStaff, listSubjects } from '@app/contract'
import { Button, Checkbox, Stack, Text, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ChangeEvent, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe, useRead, useSend } from '../../api/use-api.tsx'
import '../../ui/checkbox-styles.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useForm } from '../../ui/use-form.ts'

export function CreateClassDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['classes', 'shell'])
  const me = useMe()
  const navigate = useNavigate()
  const notify = useNotify()
  const codes = useId()
  const subjects = useRead(listSubjects).data?.subjects ?? []
  const create = useSend(createClass, { changes: [listClasses, listSubjects] })
  const form = useForm({
    initial: { name: '', subjectCode: '', subjectName: '', teacherIds: [] as string[] },
    schema: createClass.body,
    failureAt: { 'class-name-taken': 'name' },
    onSubmit: async (values) => {
      const made = await create.mutateAsync({ body: values })
      notify.done(t('classes:create.done', { name: made.name }))
      await navigate({ to: '/classes/$classId', params: { classId: made.id } })
    },
  })

  /** A known code brings its subject's name along. */
  function enterCode(event: ChangeEvent<HTMLInputElement>) {
    const code = event.currentTarget.value
    form.set('subjectCode', code)
    const known = subjects.find((subject) => subject.code.toLowerCase() === code.trim().toLowerCase())
    if (known !== undefined) form.set('subjectName', known.name)
  }

  return (
    <Dialog title={t('classes:create.title')} onClose={onClose}>
      <form onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <ErrorNotice error={form.failure} />
          <TextInput
            label={t('classes:create.name')}
            description={t('classes:create.nameHint')}
            data-autofocus
            {...form.text('name')}
          />
          <TextInput
            label={t('classes:create.subjectCode')}
            description={t('classes:create.subjectCodeHint')}
            list={codes}
            autoComplete="off"
            {...form.text('subjectCode')}
            onChange={enterCode}
          />
          <datalist id={codes}>
            {subjects.map(({ id, code, name }) => (
              <option key={id} value={code} label={name} />
            ))}
          </datalist>
          <TextInput label={t('classes:create.subjectName')} {...form.text('subjectName')} />
          {me.roles.includes('admin') && (
            <TeacherChoice chosen={form.values.teacherIds} onChange={(ids) => form.set('teacherIds', ids)} />
          )}
          <Button type="submit" loading={form.isSending}>
            {t('classes:create.submit')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  )
}

function TeacherChoice({ chosen, onChange }: { chosen: string[]; onChange: (ids: string[]) => void }) {
  const { t } = useTranslation('classes')
  const staff = useRead(listStaff).data?.staff ?? []
  const teachers = staff.filter(({ roles, status }) => roles.includes('teacher') && status !== 'disabled')
  return (
    <Checkbox.Group label={t('create.teachers')} value={chosen} onChange={onChange}>
      {teachers.map(({ personId, fullName }) => (
        <Checkbox key={personId} value={personId} label={fullName} />
      ))}
      {teachers.length === 0 && <Text c="dimmed">{t('create.noTeachers')}</Text>}
    </Checkbox.Group>
  )
}
