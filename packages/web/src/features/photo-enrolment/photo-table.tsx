import { listPhotoItems, type PhotoItem } from '@app/contract'
import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/use-api.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { ErrorState, Skeletons } from '../../ui/states.tsx'
import classes from './photo-table.module.css'
import { useOutcomeText } from './use-outcome-text.ts'

/** Fifty photos at a time, those with a problem first. */
export function PhotoTable({ batchId }: { batchId: string }) {
  const { t } = useTranslation('photos')
  const outcomeText = useOutcomeText()
  const [page, setPage] = useState(0)
  const items = useRead(listPhotoItems, { params: { batchId }, query: { page } })
  if (items.isPending) return <Skeletons rows={6} />
  if (items.isError) return <ErrorState error={items.error} onRetry={() => void items.refetch()} />
  const columns: Column<PhotoItem>[] = [
    { key: 'photo', title: t('table.photo'), render: (item) => <Thumbnail item={item} /> },
    { key: 'file', title: t('table.file'), isName: true, render: ({ fileName }) => fileName },
    {
      key: 'student',
      title: t('table.student'),
      render: ({ student }) => (student === null ? '–' : `${student.fullName} ${student.rollNo ?? ''}`),
    },
    { key: 'outcome', title: t('table.outcome'), render: outcomeText },
  ]
  return (
    <>
      <DataTable
        caption={t('table.caption')}
        columns={columns}
        rows={items.data.items}
        keyOf={({ place }) => String(place)}
      />
      {(page > 0 || !items.data.isLast) && (
        <Group gap="xs">
          <Button variant="default" disabled={page === 0} onClick={() => setPage(page - 1)}>
            {t('table.before')}
          </Button>
          <Button variant="default" disabled={items.data.isLast} onClick={() => setPage(page + 1)}>
            {t('table.next')}
          </Button>
        </Group>
      )}
    </>
  )
}

function Thumbnail({ item }: { item: PhotoItem }) {
  const { t } = useTranslation('photos')
  if (item.thumbnail === null) return <span className={classes.none} aria-hidden />
  const name = item.student?.fullName ?? item.fileName
  return <img className={classes.photo} src={item.thumbnail} width={56} height={56} alt={t('table.alt', { name })} />
}
