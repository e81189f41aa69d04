import { Button, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import classes from './structure.module.css'

type SectionProps = {
  title: string
  add: string
  onAdd: () => void
  list: { isPending: boolean; isError: boolean; error: unknown; refetch: () => unknown }
  /** How many there are, and how many the filters leave. */
  count: number
  shown: number
  empty: { title: string; text: string }
  filters?: ReactNode
  /** The table. */
  children: ReactNode
}

/** One table of a page that has two, with what adds a row to it, in whatever state it is. */
export function Section({ title, add, onAdd, list, count, shown, empty, filters, children }: SectionProps) {
  const { t } = useTranslation('structure')
  return (
    <section className={classes.section}>
      <div className={classes.head}>
        <Title order={2}>{title}</Title>
        <Button variant="default" leftSection={<IconPlus aria-hidden size={20} />} onClick={onAdd}>
          {add}
        </Button>
      </div>
      {list.isPending && <Skeletons rows={2} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {!list.isPending && !list.isError && count === 0 && <EmptyState {...empty} />}
      {count > 0 && filters}
      {count > 0 && shown === 0 && <Text c="dimmed">{t('findNone')}</Text>}
      {shown > 0 && children}
    </section>
  )
}
