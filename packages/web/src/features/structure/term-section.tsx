import {
  archiveTerm,
  createTerm,
  deleteTerm,
  listArchivedClasses,
  listClasses,
  listTerms,
  type TermView,
  updateTerm,
} from '@app/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, useSend } from '../../api/use-api.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { useColumns } from './columns.tsx'
import { DaysDialog } from './days-dialog.tsx'
import { ArchiveItem, DeleteItem, EditItem, RowMenu } from './row-menu.tsx'
import { Section } from './section.tsx'
import { type ArchivedFilter, ShowArchived } from './show-archived.tsx'

const CHANGES = { changes: [listTerms, listClasses, listArchivedClasses] }

export function TermSection(filter: ArchivedFilter) {
  const { t } = useTranslation('structure')
  const columns = useColumns()
  const list = useRead(listTerms)
  const create = useSend(createTerm, CHANGES)
  const update = useSend(updateTerm, CHANGES)
  const [editing, setEditing] = useState<TermView | 'new' | null>(null)
  const terms = list.data?.terms ?? []
  const shown = terms.filter(({ archivedAt }) => filter.showArchived || archivedAt === null)
  const before = editing === 'new' ? null : editing
  return (
    <>
      <Section
        title={t('terms.heading')}
        add={t('terms.add')}
        onAdd={() => setEditing('new')}
        list={list}
        count={terms.length}
        shown={shown.length}
        empty={{ title: t('terms.empty'), text: t('terms.emptyText') }}
        filters={<ShowArchived {...filter} />}
      >
        <DataTable<TermView>
          caption={t('terms.heading')}
          columns={[
            columns.name(),
            ...columns.days<TermView>(),
            columns.count(t('classes'), ({ classCount }) => classCount),
            columns.state(),
            columns.actions((term) => <TermMenu term={term} onEdit={() => setEditing(term)} />),
          ]}
          rows={shown}
          keyOf={({ id }) => id}
        />
      </Section>
      {editing !== null && (
        <DaysDialog
          addTitle={t('terms.add')}
          nameHint={t('terms.nameHint')}
          before={before}
          onClose={() => setEditing(null)}
          onSave={(body) =>
            before === null ? create.mutateAsync({ body }) : update.mutateAsync({ params: { termId: before.id }, body })
          }
        />
      )}
    </>
  )
}

function TermMenu({ term, onEdit }: { term: TermView; onEdit: () => void }) {
  const { t } = useTranslation('structure')
  const archive = useSend(archiveTerm, CHANGES)
  const remove = useSend(deleteTerm, CHANGES)
  const create = useSend(createTerm, CHANGES)
  const { id, name, startsOn, endsOn, classCount } = term
  const params = { termId: id }
  return (
    <RowMenu name={name}>
      <EditItem onEdit={onEdit} />
      <ArchiveItem
        row={term}
        send={(body) => archive.mutateAsync({ params, body })}
        text={classCount > 0 ? t('terms.isArchived', { name, count: classCount }) : undefined}
      />
      {classCount === 0 && (
        <DeleteItem
          name={name}
          remove={() => remove.mutateAsync({ params })}
          makeAgain={() => create.mutateAsync({ body: { name, startsOn, endsOn } })}
        />
      )}
    </RowMenu>
  )
}
