import { getImport, type ImportView, inviteImported, listImports, undoImport } from '@app/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { InviteLinks, type Invites } from '../../ui/invite-links.tsx'
import { ErrorNotice, Notice } from '../../ui/states.tsx'
import { StepTitle } from '../../ui/step-title.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import { Counts } from './counts.tsx'
import { RowList } from './row-list.tsx'
import { useStaleLists } from './use-stale-lists.ts'

type ResultStepProps = { view: ImportView; onLeave: () => void }

/** What an import did, the invites that are to be sent, and the way back. */
export function ResultStep({ view, onLeave }: ResultStepProps) {
  const { t } = useTranslation('imports')
  const [invites, setInvites] = useState<Invites | null>(null)
  useStaleLists(view.state)
  if (invites !== null && invites.links.length > 0)
    return <InviteLinks invites={invites} onDone={() => setInvites({ ...invites, links: [] })} />
  const isUndone = view.state === 'undone'
  return (
    <Stack gap="lg">
      <div>
        <StepTitle key={view.state}>{t(isUndone ? 'result.undoneTitle' : 'result.title')}</StepTitle>
        <Text c="dimmed">{isUndone ? t('result.undoneText') : view.fileName}</Text>
      </div>
      {!isUndone && <Counts counts={view.counts} isDone />}
      {!isUndone && view.made.length > 0 && (
        <Text>{t('preview.made', { count: view.made.length, names: view.made.join(', ') })}</Text>
      )}
      {!isUndone && view.differing > 0 && <Notice>{t('result.differing', { count: view.differing })}</Notice>}
      {invites !== null && invites.mailed > 0 && <Text>{t('result.mailed', { count: invites.mailed })}</Text>}
      {!isUndone && <Inviting view={view} onInvites={setInvites} />}
      {!isUndone && <NotUndone view={view} />}
      <Undoing view={view} />
      <Group gap="xs">
        <Button variant="default" onClick={onLeave}>
          {t('result.another')}
        </Button>
        {view.class !== null && (
          <ButtonLink variant="default" to="/classes/$classId" params={{ classId: view.class.id }}>
            {t('result.toClass')}
          </ButtonLink>
        )}
      </Group>
      {!isUndone && <RowList view={view} canCorrect={false} startWith={view.differing > 0 ? 'differing' : 'all'} />}
    </Stack>
  )
}

function Inviting({ view, onInvites }: { view: ImportView; onInvites: (invites: Invites) => void }) {
  const { t } = useTranslation('imports')
  const send = useSend(inviteImported, { changes: [getImport] })
  const { byMail, byLink } = view.invitable
  if (byMail + byLink === 0) return null
  return (
    <Stack gap="xs">
      <Text>
        {byMail > 0 && t('result.byMail', { count: byMail })} {byLink > 0 && t('result.byLink', { count: byLink })}{' '}
        {t('result.inviteHint')}
      </Text>
      <ErrorNotice error={send.error} />
      <Button
        style={{ alignSelf: 'flex-start' }}
        loading={send.isPending}
        onClick={() => send.mutate({ params: { importId: view.id } }, { onSuccess: onInvites })}
      >
        {t('result.invite', { count: byMail + byLink })}
      </Button>
    </Stack>
  )
}

function Undoing({ view }: { view: ImportView }) {
  const { t } = useTranslation('imports')
  const time = useTimeFormat()
  const send = useSend(undoImport, { changes: [getImport, listImports] })
  if (view.undoUntil === null) return null
  return (
    <Stack gap="xs">
      <Text c="dimmed">{t('result.undoUntil', { time: time.dayAndTime(view.undoUntil) })}</Text>
      <ErrorNotice error={send.error} />
      <Button
        variant="default"
        style={{ alignSelf: 'flex-start' }}
        loading={send.isPending}
        onClick={() => send.mutate({ params: { importId: view.id } })}
      >
        {t('result.undo')}
      </Button>
    </Stack>
  )
}

/** Why the last undoing changed nothing. */
function NotUndone({ view: { failedBecause, obstacles, obstacleCount } }: { view: ImportView }) {
  const { t } = useTranslation('imports')
  if (failedBecause === null) return null
  if (failedBecause !== 'in-use' || obstacleCount === 0)
    return <Notice>{t(`result.notUndone.${failedBecause}`)}</Notice>
  return (
    <div role="alert">
      <Text>{t('result.blocked', { count: obstacleCount })}</Text>
      <ul>
        {obstacles.map(({ name, because }) => (
          <li key={`${name} ${because}`}>{t(`result.because.${because}`, { name })}</li>
        ))}
      </ul>
      {obstacleCount > obstacles.length && <Text>{t('result.more', { count: obstacleCount - obstacles.length })}</Text>}
    </div>
  )
}
