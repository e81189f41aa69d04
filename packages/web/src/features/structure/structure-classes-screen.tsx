import { type ClassSummary, listArchivedClasses, listClasses, listSubjects, listTerms } from '@app/contract'
import { Button, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe, useRead } from '../../api/use-api.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { ClassDialog } from './class-dialog.tsx'
import { ClassTable } from './class-table.tsx'
import { Filters, passes, type TableFilter } from './filters.tsx'
import { StructureTabs } from './structure-tabs.tsx'

/** What stands for the classes of no term. */
const NO_TERM = 'none'

type Props = { filter: TableFilter; onFilter: (filter: TableFilter) => void }

export function StructureClassesScreen({ filter, onFilter }: Props) {
  const { t } = useTranslation('structure')
  const { institution } = useMe()
  const current = useRead(listClasses)
  const archived = useRead(listArchivedClasses)
  const [editing, setEditing] = useState<ClassSummary | 'new' | null>(null)
  const all = [...(current.data?.classes ?? []), ...(archived.data?.classes ?? [])]
  const shown = all.filter((each) => matches(each, filter))
  const isEmpty = current.isSuccess && archived.isSuccess && all.length === 0
  const add = (
    <Button leftSection={<IconPlus aria-hidden size={20} />} onClick={() => setEditing('new')}>
      {t('classTable.add')}
    </Button>
  )
  return (
    <Page
      title={t('classTable.title')}
      lead={t('classTable.lead', { institution: institution.name })}
      actions={!isEmpty && add}
    >
      <StructureTabs />
      {current.isPending && <Skeletons />}
      {current.isError && <ErrorState error={current.error} onRetry={() => void current.refetch()} />}
      {archived.isError && <ErrorState error={archived.error} onRetry={() => void archived.refetch()} />}
      {isEmpty && <NoClasses add={add} />}
      {all.length > 0 && (
        <Stack gap="md">
          <ClassFilters filter={filter} onFilter={onFilter} />
          {shown.length > 0 ? (
            <ClassTable classes={shown} onEdit={setEditing} />
          ) : (
            <Text c="dimmed">{t('findNone')}</Text>
          )}
        </Stack>
      )}
      {editing !== null && (
        <ClassDialog summary={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </Page>
  )
}

function NoClasses({ add }: { add: ReactNode }) {
  const { t } = useTranslation('structure')
  const subjects = useRead(listSubjects)
  if (subjects.data?.subjects.length !== 0)
    return <EmptyState title={t('classTable.empty')} text={t('classTable.emptyText')} action={add} />
  return (
    <EmptyState
      title={t('classTable.empty')}
      text={t('classTable.noSubjects')}
      action={<ButtonLink to="/structure/subjects">{t('classTable.toSubjects')}</ButtonLink>}
    />
  )
}

function matches({ name, subject, term, teachers, archivedAt }: ClassSummary, filter: TableFilter): boolean {
  const names = teachers.map(({ fullName }) => fullName).join(' ')
  const words = `${name} ${subject.code} ${subject.name} ${names}`
  return passes({ archivedAt, partId: term?.id ?? NO_TERM, words }, filter)
}

function ClassFilters({ filter, onFilter }: Props) {
  const { t } = useTranslation('structure')
  const terms = useRead(listTerms).data?.terms ?? []
  const parts = terms.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Filters
      filter={filter}
      onFilter={onFilter}
      label={t('classTable.term')}
      all={t('classTable.allTerms')}
      parts={parts.length === 0 ? [] : [...parts, { value: NO_TERM, label: t('classTable.noTerm') }]}
    />
  )
}
