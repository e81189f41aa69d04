import {
  downloadImportTemplate,
  getImport,
  IMPORT_COLUMN_NAMES,
  IMPORT_MAX_BYTES,
  listImports,
  type ResultOf,
  startImport,
} from '@app/contract'
import { COLUMNS, SHEET_KINDS, type SheetKind } from '@app/domain'
import { Button, Group, NativeSelect, Progress, Stack, Text, Title } from '@mantine/core'
import '@mantine/core/styles/Progress.css'
import { IconDownload } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { saveFile } from '../../api/browser.ts'
import { isFailure } from '../../api/failure.ts'
import { readKey, useApi, useRead } from '../../api/use-api.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice, ErrorState, Notice, Skeletons } from '../../ui/states.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import { FileDrop } from './file-drop.tsx'

type ChooseStepProps = { classId: string | null; onImport: (importId: string) => void }
type Sending = { file: File; part: number }

/** A file, what it holds, and what was imported before. */
export function ChooseStep({ classId, onImport }: ChooseStepProps) {
  const { t } = useTranslation(['imports', 'shell'])
  const api = useApi()
  const cache = useQueryClient()
  const cancelling = useRef<AbortController | null>(null)
  const [kind, setKind] = useState<SheetKind | null>(classId === null ? null : 'students')
  const [sending, setSending] = useState<Sending | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const [note, setNote] = useState<string | null>(null)

  async function send(file: File) {
    const controller = new AbortController()
    cancelling.current = controller
    setProblem(null)
    setNote(null)
    setSending({ file, part: 0 })
    try {
      const view = await api.upload(startImport, {
        query: { ...(kind === null ? {} : { kind }), ...(classId === null ? {} : { classId }) },
        file,
        fileName: file.name,
        signal: controller.signal,
        onProgress: (part) => setSending((now) => now && { ...now, part }),
      })
      cache.setQueryData(readKey(getImport, { params: { importId: view.id } }), view)
      void cache.invalidateQueries({ queryKey: readKey(listImports) })
      onImport(view.id)
    } catch (failure) {
      setSending(null)
      if (isFailure(failure, 'cancelled')) setNote(t('imports:cancelled'))
      else setProblem(failure)
    }
  }

  function choose(file: File) {
    const isKnown = /\.(xlsx|csv)$/i.test(file.name) || (classId === null && /\.zip$/i.test(file.name))
    if (!isKnown) setNote(t('imports:wrongType'))
    else if (file.size > IMPORT_MAX_BYTES) setNote(t('imports:tooLarge'))
    else void send(file)
  }

  if (sending !== null) return <Waiting sending={sending} onCancel={() => cancelling.current?.abort()} />
  return (
    <Stack gap="xl">
      <Stack gap="md">
        {classId === null && <KindChoice kind={kind} onKind={setKind} />}
        <ErrorNotice error={problem} />
        <div role="status">{note !== null && <Notice>{note}</Notice>}</div>
        <FileDrop takesZip={classId === null} onFile={choose} />
        <Templates kinds={kind === null ? SHEET_KINDS : [kind]} />
      </Stack>
      <LastImports onImport={onImport} />
    </Stack>
  )
}

function KindChoice({ kind, onKind }: { kind: SheetKind | null; onKind: (kind: SheetKind | null) => void }) {
  const { t } = useTranslation('imports')
  return (
    <NativeSelect
      label={t('kind')}
      value={kind ?? ''}
      onChange={(event) => onKind(SHEET_KINDS.find((each) => each === event.currentTarget.value) ?? null)}
      data={[
        { value: '', label: t('kinds.guess') },
        ...SHEET_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) })),
      ]}
      style={{ maxWidth: 360 }}
    />
  )
}

function Waiting({ sending, onCancel }: { sending: Sending; onCancel: () => void }) {
  const { t } = useTranslation(['imports', 'shell'])
  const isSent = sending.part === 1
  const label = isSent ? t('imports:reading') : t('imports:sending')
  return (
    <Stack gap="sm" role="status">
      <Text>
        {label}: {sending.file.name}
      </Text>
      <Progress value={isSent ? 100 : sending.part * 100} animated={isSent} size="lg" aria-label={label} />
      <Button variant="default" onClick={onCancel} style={{ alignSelf: 'flex-start' }}>
        {t('shell:cancel')}
      </Button>
    </Stack>
  )
}

function Templates({ kinds }: { kinds: readonly SheetKind[] }) {
  const { t } = useTranslation('imports')
  const api = useApi()
  const notify = useNotify()
  const save = (kind: SheetKind, format: 'xlsx' | 'csv') =>
    void api.download(downloadImportTemplate, { query: { kind, format } }).then(saveFile, notify.failed)
  const [only, another] = kinds
  return (
    <Stack gap="xs">
      {only !== undefined && another === undefined && (
        <Text c="dimmed">
          {t('columnsOf', { columns: COLUMNS[only].map(({ column }) => IMPORT_COLUMN_NAMES[column]).join(', ') })}
        </Text>
      )}
      <Title order={2} size="h4">
        {t('templates')}
      </Title>
      <Group gap="xs">
        {kinds.flatMap((kind) =>
          (['xlsx', 'csv'] as const).map((format) => (
            <Button
              key={`${kind} ${format}`}
              variant="default"
              leftSection={<IconDownload aria-hidden size={20} />}
              aria-label={`${t('templateOf', { kind: t(`kinds.${kind}`) })} .${format}`}
              onClick={() => save(kind, format)}
            >
              {t(`kinds.${kind}`)} .{format}
            </Button>
          )),
        )}
      </Group>
    </Stack>
  )
}

type Last = ResultOf<typeof listImports>['imports'][number]

function LastImports({ onImport }: { onImport: (importId: string) => void }) {
  const { t } = useTranslation('imports')
  const time = useTimeFormat()
  const list = useRead(listImports)
  const columns: Column<Last>[] = [
    {
      key: 'file',
      title: t('last.file'),
      isName: true,
      render: ({ fileName, kind, class: of }) =>
        `${fileName}${kind === null ? '' : ` · ${t(`kinds.${kind}`)}`}${of === null ? '' : ` · ${of.name}`}`,
    },
    { key: 'when', title: t('last.when'), render: ({ createdAt }) => time.dayAndTime(createdAt) },
    { key: 'by', title: t('last.by'), isExtra: true, render: ({ createdBy }) => createdBy },
    { key: 'state', title: t('last.state'), render: ({ state }) => t(`last.states.${state}`) },
    {
      key: 'open',
      title: t('last.open'),
      hasHiddenTitle: true,
      render: ({ id, fileName }) => (
        <Button variant="default" aria-label={t('last.openOf', { name: fileName })} onClick={() => onImport(id)}>
          {t('last.open')}
        </Button>
      ),
    },
  ]
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {t('last.title')}
      </Title>
      {list.isPending && <Skeletons rows={2} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.imports.length === 0 && <Text c="dimmed">{t('last.empty')}</Text>}
      {list.data !== undefined && list.data.imports.length > 0 && (
        <DataTable caption={t('last.caption')} columns={columns} rows={list.data.imports} keyOf={({ id }) => id} />
      )}
    </Stack>
  )
}
