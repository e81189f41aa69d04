import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ShowArchived } from './show-archived.tsx'
import classes from './structure.module.css'

/** What a table is narrowed by: a text, one part of the institution, and whether archived rows are shown. */
export type TableFilter = { text: string; partId: string | null; showArchived: boolean }

type FiltersProps = {
  filter: TableFilter
  onFilter: (filter: TableFilter) => void
  /** The parts to choose from; left out while there are none. */
  label: string
  all: string
  parts: readonly { value: string; label: string }[]
}

export function Filters({ filter, onFilter, label, all, parts }: FiltersProps) {
  const { t } = useTranslation('structure')
  return (
    <div className={classes.filters}>
      <TextInput
        type="search"
        label={t('find')}
        value={filter.text}
        onChange={({ currentTarget }) => onFilter({ ...filter, text: currentTarget.value })}
      />
      {parts.length > 0 && (
        <NativeSelect
          label={label}
          value={filter.partId ?? ''}
          onChange={({ currentTarget }) => onFilter({ ...filter, partId: currentTarget.value || null })}
          data={[{ value: '', label: all }, ...parts]}
        />
      )}
      <ShowArchived
        showArchived={filter.showArchived}
        onShowArchived={(showArchived) => onFilter({ ...filter, showArchived })}
      />
    </div>
  )
}

type Row = { archivedAt: string | null; partId: string | null; words: string }

export function passes({ archivedAt, partId, words }: Row, filter: TableFilter): boolean {
  if (archivedAt !== null && !filter.showArchived) return false
  if (filter.partId !== null && partId !== filter.partId) return false
  return words.toLowerCase().includes(filter.text.trim().toLowerCase())
}
