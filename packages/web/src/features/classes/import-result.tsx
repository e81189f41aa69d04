import type { ImportRow, importStudents, ResultOf } from '@app/contract'
import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import '@mantine/core/styles/SegmentedControl.css'
import '@mantine/core/styles/FloatingIndicator.css'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Notice } from '../../ui/states.tsx'
import { StepTitle } from '../../ui/step-title.tsx'
import styles from './import-result.module.css'

type Outcome = ResultOf<typeof importStudents>

const COUNTS = ['added', 'joined', 'changed', 'same', 'error'] as const
/** A browser is slow with tens of thousands of rows, and nobody reads them. */
const ROWS_SHOWN = 500

type ImportResultProps = { outcome: Outcome; isDone: boolean; onCommit?: () => void; onBack: () => void }

/** Row by row what a file will do, or did. */
export function ImportResult({ outcome, isDone, onCommit, onBack }: ImportResultProps) {
  const { t } = useTranslation('classes')
  const { counts, ignoredColumns, mailed } = outcome
  const [show, setShow] = useState<'all' | 'errors'>(counts.error > 0 ? 'errors' : 'all')
  const rows = show === 'errors' ? outcome.rows.filter((row) => row.outcome === 'error') : outcome.rows
  return (
    <Stack gap="lg">
      <div>
        <StepTitle key={String(isDone)}>{t(isDone ? 'import.result' : 'import.preview')}</StepTitle>
        {!isDone && <Text c="dimmed">{t('import.nothingYet')}</Text>}
      </div>
      <dl className={styles.counts}>
        {COUNTS.map((key) => (
          <div key={key} data-kind={key} data-some={counts[key] > 0}>
            <dt>{t(`import.counts.${key}`)}</dt>
            <dd>{counts[key]}</dd>
          </div>
        ))}
      </dl>
      {ignoredColumns.length > 0 && (
        <Text c="dimmed">
          {t('import.ignored', { count: ignoredColumns.length, columns: ignoredColumns.join(', ') })}
        </Text>
      )}
      {mailed > 0 && <Text>{t('import.mailed', { count: mailed })}</Text>}
      <NextStep outcome={outcome} isDone={isDone} onCommit={onCommit} onBack={onBack} />
      {counts.error > 0 && (
        <SegmentedControl
          aria-label={t('import.show')}
          value={show}
          onChange={(value) => setShow(value === 'errors' ? 'errors' : 'all')}
          data={[
            { value: 'errors', label: t('import.showErrors') },
            { value: 'all', label: t('import.showAll') },
          ]}
          style={{ alignSelf: 'flex-start' }}
        />
      )}
      <RowTable rows={rows.slice(0, ROWS_SHOWN)} />
      {rows.length > ROWS_SHOWN && (
        <Text c="dimmed">{t('import.moreRows', { shown: ROWS_SHOWN, count: rows.length })}</Text>
      )}
    </Stack>
  )
}

type NextStepProps = Pick<ImportResultProps, 'outcome' | 'isDone' | 'onBack'> & { onCommit: (() => void) | undefined }

function NextStep({ outcome: { counts }, isDone, onCommit, onBack }: NextStepProps) {
  const { t } = useTranslation('classes')
  if (isDone) {
    return (
      <Button onClick={onBack} style={{ alignSelf: 'flex-start' }}>
        {t('import.done')}
      </Button>
    )
  }
  const joining = counts.added + counts.joined
  const hasWork = joining + counts.changed > 0
  return (
    <Stack gap="sm">
      {!hasWork && <Notice>{t(counts.same > 0 ? 'import.nothingToDo' : 'import.onlyErrors')}</Notice>}
      {hasWork && counts.error > 0 && <Notice>{t('import.fixHint', { count: counts.error })}</Notice>}
      <Group gap="xs">
        {hasWork && (
          <Button onClick={onCommit}>
            {joining > 0 ? t('import.commit', { count: joining }) : t('import.commitChanges')}
          </Button>
        )}
        <Button variant="default" onClick={onBack}>
          {t('import.another')}
        </Button>
      </Group>
    </Stack>
  )
}

function RowTable({ rows }: { rows: readonly ImportRow[] }) {
  const { t } = useTranslation('classes')
  const columns: Column<ImportRow>[] = [
    { key: 'row', title: t('import.row'), isNumber: true, render: ({ row }) => row },
    { key: 'rollNo', title: t('students.rollNo'), render: ({ rollNo }) => rollNo },
    {
      key: 'name',
      title: t('students.name'),
      isName: true,
      render: ({ fullName }) => (fullName === '' ? '–' : fullName),
    },
    { key: 'outcome', title: t('import.outcome'), render: ({ outcome }) => t(`import.outcomes.${outcome}`) },
    { key: 'problems', title: t('import.problem'), render: ({ problems }) => <Problems problems={problems} /> },
  ]
  return <DataTable caption={t('import.rowCaption')} columns={columns} rows={rows} keyOf={({ row }) => String(row)} />
}

function Problems({ problems }: { problems: ImportRow['problems'] }) {
  const { t } = useTranslation('classes')
  return problems.map(({ column, code, value, otherRow }) => (
    <div key={`${column} ${code}`} className={styles.problem}>
      {t(`import.problems.${code}`, { column: t(`import.column.${column}`), value, otherRow: otherRow ?? '' })}
    </div>
  ))
}
