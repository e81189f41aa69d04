import { getImport, type ImportColumnName, type ImportView, mapImport } from '@app/contract'
import { columnLetters, columnsOf, missingColumns, SHEET_KINDS, type SheetKind } from '@app/domain'
import { Button, Checkbox, Group, NativeSelect, Stack, Text } from '@mantine/core'
import '../../ui/checkbox-styles.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import { ErrorNotice, Notice } from '../../ui/states.tsx'
import { StepTitle } from '../../ui/step-title.tsx'
import styles from './imports.module.css'

type MappingStepProps = { view: ImportView; onDone: () => void; onLeave: () => void }

const asSheetKind = (kind: string | null): SheetKind => SHEET_KINDS.find((each) => each === kind) ?? 'students'

/** What each column of a sheet is, with some of its values beside it. */
export function MappingStep({ view, onDone, onLeave }: MappingStepProps) {
  const { t } = useTranslation(['imports', 'shell'])
  const send = useSend(mapImport, { changes: [getImport] })
  const [kind, setKind] = useState(asSheetKind(view.kind))
  const [hasHeader, setHasHeader] = useState(view.hasHeader)
  const [columns, setColumns] = useState(view.columns.map(({ column }) => column))
  const known = columnsOf(kind)
  const chosen = columns.map((column) => (column !== null && known.includes(column) ? column : null))
  const missing = missingColumns(kind, chosen)
  const twice = chosen.find((column, i) => column !== null && chosen.indexOf(column) !== i)

  function choose(at: number, value: string) {
    const column = known.find((each) => each === value) ?? null
    setColumns((before) => before.map((each, i) => (i === at ? column : each)))
  }

  function submit() {
    const body = { kind, columns: chosen, hasHeader }
    send.mutate({ params: { importId: view.id }, body }, { onSuccess: onDone })
  }

  return (
    <Stack gap="md">
      <StepTitle>{t('imports:mapping.title')}</StepTitle>
      <Text c="dimmed">{t('imports:mapping.lead')}</Text>
      {view.class === null && (
        <NativeSelect
          label={t('imports:kind')}
          value={kind}
          onChange={(event) => setKind(asSheetKind(event.currentTarget.value))}
          data={SHEET_KINDS.map((value) => ({ value, label: t(`imports:kinds.${value}`) }))}
          style={{ maxWidth: 360 }}
        />
      )}
      <Checkbox
        label={t('imports:mapping.noHeader')}
        checked={!hasHeader}
        onChange={(event) => setHasHeader(!event.currentTarget.checked)}
      />
      <div className={styles.mapping}>
        {view.columns.map(({ title, samples }, at) => (
          <ColumnChoice
            // biome-ignore lint/suspicious/noArrayIndexKey: the columns of a file keep their places
            key={at}
            label={t('imports:mapping.column', {
              letter: columnLetters(at),
              title: title === '' || !hasHeader ? t('imports:mapping.noTitle') : title,
            })}
            samples={samples}
            value={chosen[at] ?? null}
            known={known}
            onChange={(value) => choose(at, value)}
          />
        ))}
      </div>
      <div role="status">
        {missing.length > 0 && (
          <Notice>
            {t('imports:mapping.missing', { columns: missing.map((each) => t(`imports:columns.${each}`)).join(', ') })}
          </Notice>
        )}
        {twice != null && <Notice>{t('imports:mapping.twice', { column: t(`imports:columns.${twice}`) })}</Notice>}
      </div>
      <ErrorNotice error={send.error} />
      <Group gap="xs">
        <Button disabled={missing.length > 0 || twice != null} loading={send.isPending} onClick={submit}>
          {t('imports:mapping.submit')}
        </Button>
        <Button variant="default" onClick={onLeave}>
          {t('shell:back')}
        </Button>
      </Group>
    </Stack>
  )
}

type ColumnChoiceProps = {
  label: string
  samples: readonly string[]
  value: ImportColumnName | null
  known: readonly ImportColumnName[]
  onChange: (value: string) => void
}

function ColumnChoice({ label, samples, value, known, onChange }: ColumnChoiceProps) {
  const { t } = useTranslation('imports')
  return (
    <NativeSelect
      label={label}
      description={samples.length > 0 ? t('mapping.samples', { samples: samples.join(' · ') }) : t('mapping.noSamples')}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: '', label: t('mapping.skip') },
        ...known.map((column) => ({ value: column, label: t(`columns.${column}`) })),
      ]}
    />
  )
}
