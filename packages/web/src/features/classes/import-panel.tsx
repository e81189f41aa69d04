import {
  getClass,
  IMPORT_MAX_BYTES,
  importStudents,
  listClasses,
  listClassStudents,
  type ResultOf,
} from '@app/contract'
import { Button, Progress, Stack, Text } from '@mantine/core'
import '@mantine/core/styles/Progress.css'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isFailure } from '../../api/failure.ts'
import { readKey, useApi } from '../../api/use-api.tsx'
import { Notice } from '../../ui/states.tsx'
import { StepTitle } from '../../ui/step-title.tsx'
import { FileDrop } from './file-drop.tsx'
import { ImportResult } from './import-result.tsx'
import type { Invites } from './invite-links.tsx'

type Outcome = ResultOf<typeof importStudents>
type Mode = 'check' | 'commit'
type Step =
  | { kind: 'choose'; problem: unknown; note: string | null }
  | { kind: 'sending'; mode: Mode; file: File; part: number }
  | { kind: 'checked'; file: File; outcome: Outcome }
  | { kind: 'committed'; outcome: Outcome }

type ImportPanelProps = {
  classId: string
  /** With the links to hand out, if the import made any. */
  onDone: (invites: Invites | null) => void
}

/** Choose a file, see row by row what it will do, then let it. */
export function ImportPanel({ classId, onDone }: ImportPanelProps) {
  const { t } = useTranslation(['classes', 'shell'])
  const api = useApi()
  const cache = useQueryClient()
  const cancelling = useRef<AbortController | null>(null)
  const [step, setStep] = useState<Step>({ kind: 'choose', problem: null, note: null })

  async function send(file: File, mode: Mode) {
    const controller = new AbortController()
    cancelling.current = controller
    setStep({ kind: 'sending', mode, file, part: 0 })
    try {
      const outcome = await api.upload(importStudents, {
        params: { classId },
        query: { mode },
        file,
        fileName: file.name,
        signal: controller.signal,
        onProgress: (part) => setStep((now) => (now.kind === 'sending' ? { ...now, part } : now)),
      })
      setStep(mode === 'check' ? { kind: 'checked', file, outcome } : { kind: 'committed', outcome })
    } catch (problem) {
      const isCancelled = isFailure(problem, 'cancelled')
      setStep({
        kind: 'choose',
        problem: isCancelled ? null : problem,
        note: isCancelled ? t('classes:import.cancelled') : null,
      })
    }
    if (mode === 'commit') {
      const stale = [listClassStudents, getClass, listClasses]
      await Promise.all(stale.map((route) => cache.invalidateQueries({ queryKey: readKey(route) })))
    }
  }

  function choose(file: File) {
    if (!/\.(xlsx|csv)$/i.test(file.name)) {
      setStep({ kind: 'choose', problem: null, note: t('classes:import.wrongType') })
    } else if (file.size > IMPORT_MAX_BYTES) {
      setStep({ kind: 'choose', problem: null, note: t('classes:import.tooLarge') })
    } else {
      void send(file, 'check')
    }
  }

  if (step.kind === 'checked') {
    return (
      <ImportResult
        outcome={step.outcome}
        isDone={false}
        onCommit={() => void send(step.file, 'commit')}
        onBack={() => setStep({ kind: 'choose', problem: null, note: null })}
      />
    )
  }
  if (step.kind === 'committed') {
    const { links, mailed } = step.outcome
    return (
      <ImportResult outcome={step.outcome} isDone onBack={() => onDone(links.length > 0 ? { mailed, links } : null)} />
    )
  }
  return (
    <Stack gap="md">
      <StepTitle>{t('classes:import.title')}</StepTitle>
      <Text c="dimmed">{t('classes:import.lead')}</Text>
      {step.kind === 'sending' ? (
        <Sending step={step} onCancel={() => cancelling.current?.abort()} />
      ) : (
        <>
          {step.note !== null && <Notice>{step.note}</Notice>}
          <FileDrop problem={step.problem} onFile={choose} onCancel={() => onDone(null)} />
        </>
      )}
    </Stack>
  )
}

function Sending({ step, onCancel }: { step: Extract<Step, { kind: 'sending' }>; onCancel: () => void }) {
  const { t } = useTranslation(['classes', 'shell'])
  const isSent = step.part === 1
  const label = isSent
    ? t(step.mode === 'check' ? 'classes:import.checking' : 'classes:import.saving')
    : t('classes:import.uploading')
  return (
    <Stack gap="sm" role="status">
      <Text>
        {label}: {step.file.name}
      </Text>
      <Progress value={isSent ? 100 : step.part * 100} animated={isSent} size="lg" aria-label={label} />
      {/* Once the rows are being saved there is nothing left to stop. */}
      {(step.mode === 'check' || !isSent) && (
        <Button variant="default" onClick={onCancel} style={{ alignSelf: 'flex-start' }}>
          {t('shell:cancel')}
        </Button>
      )}
    </Stack>
  )
}
