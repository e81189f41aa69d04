import { listPeople, type PersonRow } from '@app/contract'
import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/use-api.tsx'
import { Dialog } from '../dialog.tsx'
import { ErrorState, Skeletons } from '../states.tsx'
import classes from './merge.module.css'
import { MergeForm, type Student } from './merge-form.tsx'

type MergeStudentDialogProps = {
  student: Student
  /** Called once they are one, with who goes on. */
  onMerged: (keptId: string) => void
  onClose: () => void
}

/** First who the other one is, then what a merge would do. For admins. Needs the namespaces `moving` and `shell`. */
export function MergeStudentDialog({ student, onMerged, onClose }: MergeStudentDialogProps) {
  const { t } = useTranslation('moving')
  const [other, setOther] = useState<Student | null>(null)
  return (
    <Dialog title={t('merge.title', { name: student.fullName })} onClose={onClose}>
      {other === null ? (
        <FindOther student={student} onChoose={setOther} />
      ) : (
        <MergeForm
          student={student}
          other={other}
          onBack={() => setOther(null)}
          onMerged={(keptId) => {
            onClose()
            onMerged(keptId)
          }}
        />
      )}
    </Dialog>
  )
}

const SHORTEST = 2

function FindOther({ student, onChoose }: { student: Student; onChoose: (student: Student) => void }) {
  const { t } = useTranslation('moving')
  const [text, setText] = useState('')
  const search = text.trim()
  return (
    <Stack gap="md">
      <Text>{t('merge.text')}</Text>
      <TextInput
        type="search"
        label={t('merge.search')}
        autoComplete="off"
        data-autofocus
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      {search.length >= SHORTEST && <Found search={search} student={student} onChoose={onChoose} />}
    </Stack>
  )
}

type FoundProps = { search: string; student: Student; onChoose: (student: Student) => void }

function Found({ search, student, onChoose }: FoundProps) {
  const { t } = useTranslation('moving')
  const found = useRead(listPeople, { query: { search, role: 'student' } })
  if (found.isPending) return <Skeletons rows={2} />
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  const others = found.data.people.filter(({ personId }) => personId !== student.personId)
  if (others.length === 0) return <Text c="dimmed">{t('merge.none', { text: search })}</Text>
  return (
    <ul className={classes.found}>
      {others.slice(0, 8).map((person) => (
        <li key={person.personId}>
          <FoundStudent person={person} onChoose={onChoose} />
        </li>
      ))}
    </ul>
  )
}

function FoundStudent({ person, onChoose }: { person: PersonRow; onChoose: (student: Student) => void }) {
  const { t } = useTranslation('moving')
  const { fullName, rollNo, email } = person
  return (
    <Button
      variant="default"
      fullWidth
      justify="flex-start"
      className={classes.person}
      aria-label={t('merge.chooseOf', { name: `${fullName}, ${rollNo ?? ''}` })}
      onClick={() => onChoose(person)}
    >
      {[fullName, rollNo, email].filter(Boolean).join(' · ')}
    </Button>
  )
}
