import { discardPhotoBatch, getPhotoBatch, listPhotoItems, type PhotoBatch, takePhotoBatch } from '@app/contract'
import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import '@mantine/core/styles/Progress.css'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice, Notice } from '../../ui/states.tsx'
import { PhotoTable } from './photo-table.tsx'
import { useOutcomeText } from './use-outcome-text.ts'

/** How far a batch is, what came of it, and what can be done with it. */
export function BatchPanel({ batch, onDone }: { batch: PhotoBatch; onDone: () => void }) {
  const { t } = useTranslation('photos')
  const notify = useNotify()
  const take = useSend(takePhotoBatch, { changes: [getPhotoBatch, listPhotoItems] })
  const discard = useSend(discardPhotoBatch)
  const { id, state, photos, read } = batch
  const ready = batch.counts.find(({ outcome }) => outcome === 'ready')?.count ?? 0

  function takeAll() {
    take.mutateAsync({ params: { batchId: id } }).then(
      ({ counts }) =>
        notify.done(t('take.done', { count: counts.find(({ outcome }) => outcome === 'taken')?.count ?? 0 })),
      () => {}, // shown below
    )
  }

  return (
    <Stack gap="lg">
      {state === 'reading' && (
        <div>
          <Text role="status">{t('reading', { read, photos })}</Text>
          <Progress value={(100 * read) / photos} aria-label={t('reading', { read, photos })} />
        </div>
      )}
      {state === 'interrupted' && <Notice>{t('interrupted')}</Notice>}
      {state === 'taken' && <Notice>{t('taken')}</Notice>}
      <Counts batch={batch} />
      <ErrorNotice error={take.error ?? discard.error} />
      <Group gap="xs">
        {state === 'read' && (
          <Button disabled={ready === 0} loading={take.isPending} onClick={takeAll}>
            {t('take.action', { count: ready })}
          </Button>
        )}
        {state === 'taken' ? (
          <Button onClick={onDone}>{t('another')}</Button>
        ) : (
          <Button
            variant="default"
            loading={discard.isPending}
            onClick={() => discard.mutateAsync({ params: { batchId: id } }).then(onDone, () => {})}
          >
            {t(state === 'reading' ? 'cancel' : 'discard')}
          </Button>
        )}
      </Group>
      {/* Anew when a batch is taken, and once for all when it has been read. */}
      {state !== 'reading' && <PhotoTable key={state} batchId={id} />}
    </Stack>
  )
}

function Counts({ batch }: { batch: PhotoBatch }) {
  const { t } = useTranslation('photos')
  const outcomeText = useOutcomeText()
  return (
    <ul aria-label={t('counts')}>
      {batch.counts.map(({ outcome, count }) => (
        <li key={outcome}>
          {outcomeText({ outcome, looksLike: null })}: {count}
        </li>
      ))}
    </ul>
  )
}
