import { getClass, getImport, type ImportView } from '@app/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readOptions, useApi, useMe } from '../../api/use-api.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { ChooseStep } from './choose-step.tsx'
import { MappingStep } from './mapping-step.tsx'
import { PreviewStep } from './preview-step.tsx'
import { ProgressStep } from './progress-step.tsx'
import { ResultStep } from './result-step.tsx'

type ImportScreenProps = {
  classId: string | null
  importId: string | null
  /** Goes to an import, or back to choosing a file. */
  onImport: (importId: string | null) => void
}

const POLL_MS = 500

export function ImportScreen({ classId, importId, onImport }: ImportScreenProps) {
  const { t } = useTranslation(['imports', 'shell'])
  const isAdmin = useMe().roles.includes('admin')
  const api = useApi()
  const target = useQuery({
    ...readOptions(api, getClass, { params: { classId: classId ?? '' } }),
    enabled: classId !== null,
  })
  const name = target.data?.name
  return (
    <Page title={t('imports:title')} lead={name === undefined ? t('imports:lead') : t('imports:intoClass', { name })}>
      {!isAdmin && classId === null ? (
        <EmptyState
          title={t('shell:notForYou.title')}
          action={<ButtonLink to="/classes">{t('shell:nav.board')}</ButtonLink>}
        />
      ) : importId === null ? (
        <ChooseStep classId={classId} onImport={onImport} />
      ) : (
        <OneImport key={importId} importId={importId} onImport={onImport} />
      )}
    </Page>
  )
}

/** The server is at it. */
const isUnderWay = (state: ImportView['state'] | undefined) => state === 'taking' || state === 'undoing'

function OneImport({ importId, onImport }: { importId: string; onImport: ImportScreenProps['onImport'] }) {
  const found = useQuery({
    ...readOptions(useApi(), getImport, { params: { importId } }),
    refetchInterval: ({ state }) => (isUnderWay(state.data?.state) ? POLL_MS : false),
  })
  const [isMapping, setIsMapping] = useState(false)
  if (found.isPending) return <Skeletons rows={6} />
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  return <Step view={found.data} isMapping={isMapping} onMapping={setIsMapping} onLeave={() => onImport(null)} />
}

type StepProps = { view: ImportView; isMapping: boolean; onMapping: (is: boolean) => void; onLeave: () => void }

function Step({ view, isMapping, onMapping, onLeave }: StepProps) {
  if (view.state === 'unmapped' || (view.state === 'ready' && isMapping))
    return <MappingStep view={view} onDone={() => onMapping(false)} onLeave={onLeave} />
  if (view.state === 'ready' || view.state === 'reading')
    return <PreviewStep view={view} onMapping={() => onMapping(true)} onLeave={onLeave} />
  if (isUnderWay(view.state)) return <ProgressStep key={view.state} view={view} />
  return <ResultStep view={view} onLeave={onLeave} />
}
