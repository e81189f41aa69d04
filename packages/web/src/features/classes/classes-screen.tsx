import { type ClassSummary, listClasses } from '@app/contract'
import { Button, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/use-api.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import styles from './classes-screen.module.css'
import { CreateClassDialog } from './create-class-dialog.tsx'
import { SessionButton } from './session-button.tsx'

export function ClassesScreen() {
  const { t } = useTranslation('classes')
  const list = useRead(listClasses)
  const [isCreating, setIsCreating] = useState(false)
  const createButton = (
    <Button
      variant={list.data?.classes.length === 0 ? 'filled' : 'default'}
      leftSection={<IconPlus aria-hidden size={20} />}
      onClick={() => setIsCreating(true)}
    >
      {t('create.action')}
    </Button>
  )
  return (
    <Page title={t('list.title')} actions={list.data?.classes.length !== 0 && createButton}>
      {list.isPending && <Skeletons rows={3} height={96} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.classes.length === 0 && (
        <EmptyState title={t('list.empty')} text={t('list.emptyText')} action={createButton} />
      )}
      <ul className={styles.list}>
        {list.data?.classes.map((summary) => (
          <ClassCard key={summary.id} summary={summary} />
        ))}
      </ul>
      {isCreating && <CreateClassDialog onClose={() => setIsCreating(false)} />}
    </Page>
  )
}

function ClassCard({ summary }: { summary: ClassSummary }) {
  const { t } = useTranslation('classes')
  const { id, name, subject, studentCount, openSessionId } = summary
  return (
    <li className={styles.card} data-open={openSessionId !== null}>
      <div className={styles.words}>
        <Title order={2}>
          <Link to="/classes/$classId" params={{ classId: id }} className={styles.name}>
            {name}
          </Link>
        </Title>
        <p className={styles.subject}>
          {subject.name} · {subject.code}
        </p>
        <p className={styles.facts}>
          {t('list.students', { count: studentCount })}
          {openSessionId !== null && <span className={styles.open}>{t('list.openNow')}</span>}
        </p>
      </div>
      <SessionButton summary={summary} />
    </li>
  )
}
