import { getPhotoBatch } from '@app/contract'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { readOptions, useApi } from '../../api/use-api.tsx'
import { Page } from '../../ui/page.tsx'
import { ErrorState, Skeletons } from '../../ui/states.tsx'
import { BatchPanel } from './batch-panel.tsx'
import { SendZip } from './send-zip.tsx'

type PhotoEnrolmentScreenProps = {
  /** The batch that is looked at; null before one is sent. */
  batchId: string | null
  onBatch: (batchId: string | null) => void
}

/** Templates from a folder of photos: send, look through, take. */
export function PhotoEnrolmentScreen({ batchId, onBatch }: PhotoEnrolmentScreenProps) {
  const { t } = useTranslation('photos')
  return (
    <Page title={t('title')} lead={t('lead')}>
      {batchId === null ? <SendZip onSent={onBatch} /> : <Batch batchId={batchId} onDone={() => onBatch(null)} />}
    </Page>
  )
}

const READING_MS = 1500

function Batch({ batchId, onDone }: { batchId: string; onDone: () => void }) {
  const batch = useQuery({
    ...readOptions(useApi(), getPhotoBatch, { params: { batchId } }),
    refetchInterval: ({ state }) => (state.data?.state === 'reading' ? READING_MS : false),
  })
  if (batch.isPending) return <Skeletons />
  if (batch.isError) return <ErrorState error={batch.error} onRetry={() => void batch.refetch()} />
  return <BatchPanel batch={batch.data} onDone={onDone} />
}
