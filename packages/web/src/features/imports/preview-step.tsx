import {
  commitImport,
  discardImport,
  downloadImportFaults,
  getImport,
  type ImportView,
  listImports,
} from '@app/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { saveFile } from '../../api/browser.ts'
import { useApi, useSend } from '../../api/use-api.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice, Notice } from '../../ui/states.tsx'
import { StepTitle } from '../../ui/step-title.tsx'
import { Counts } from './counts.tsx'
import { RowList } from './row-list.tsx'

type PreviewStepProps = { view: ImportView; onMapping: () => void; onLeave: () => void }

/** Row by row what a file will do, with what is wrong to be corrected in place. */
export function PreviewStep({ view, onMapping, onLeave }: PreviewStepProps) {
  const { t } = useTranslation('imports')
  const { counts, ignored, made, failedBecause } = view
  const title =
    view.kind === null ? view.fileName : t('preview.of', { kind: t(`kinds.${view.kind}`), file: view.fileName })
  return (
    <Stack gap="lg">
      <div>
        <StepTitle>{t('preview.title')}</StepTitle>
        <Text c="dimmed">
          {title}. {t('preview.lead')}
        </Text>
      </div>
      {failedBecause !== null && <Notice>{t(`preview.failed.${failedBecause}`)}</Notice>}
      <Counts counts={counts} isDone={false} />
      {ignored.length > 0 && (
        <Text c="dimmed">{t('preview.ignored', { count: ignored.length, names: ignored.join(', ') })}</Text>
      )}
      {made.length > 0 && <Text>{t('preview.made', { count: made.length, names: made.join(', ') })}</Text>}
      <NextStep view={view} onMapping={onMapping} onLeave={onLeave} />
      <RowList view={view} canCorrect startWith={counts.error > 0 ? 'error' : 'all'} />
    </Stack>
  )
}

function NextStep({ view, onMapping, onLeave }: PreviewStepProps) {
  const { t } = useTranslation('imports')
  const api = useApi()
  const notify = useNotify()
  const take = useSend(commitImport, { changes: [getImport, listImports] })
  const discard = useSend(discardImport, { changes: [listImports] })
  const { counts, id: importId } = view
  const count = counts.new + counts.changed
  const params = { importId }

  function leave() {
    notify.done(t('preview.discarded'))
    onLeave()
  }

  return (
    <Stack gap="sm">
      {count === 0 && <Notice>{t(counts.same > 0 ? 'preview.nothingToDo' : 'preview.onlyErrors')}</Notice>}
      {count > 0 && counts.error > 0 && <Notice>{t('preview.fixHint', { count: counts.error })}</Notice>}
      <ErrorNotice error={take.error} />
      <Group gap="xs">
        {count > 0 && (
          <Button loading={take.isPending} onClick={() => take.mutate({ params })}>
            {t('preview.take', { count })}
          </Button>
        )}
        {counts.error > 0 && (
          <Button
            variant="default"
            leftSection={<IconDownload aria-hidden size={20} />}
            onClick={() => void api.download(downloadImportFaults, { params }).then(saveFile, notify.failed)}
          >
            {t('preview.faults')}
          </Button>
        )}
        {view.kind !== 'oneroster' && (
          <Button variant="default" onClick={onMapping}>
            {t('preview.changeColumns')}
          </Button>
        )}
        <Button
          variant="default"
          loading={discard.isPending}
          onClick={() => discard.mutate({ params }, { onSuccess: leave, onError: notify.failed })}
        >
          {t('preview.discard')}
        </Button>
      </Group>
    </Stack>
  )
}
