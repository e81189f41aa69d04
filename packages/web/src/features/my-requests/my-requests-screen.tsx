import { type CorrectionView, type LeaveView, listMyRequests, type ResultOf, withdrawRequest } from '@app/contract'
import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, useSend } from '../../api/use-api.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { Page } from '../../ui/page.tsx'
import { RequestCard, RequestCards } from '../../ui/request-card.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { useTimeFormat, When } from '../../ui/time.tsx'
import { useDayFormat } from '../../ui/use-day-format.ts'
import { AddFile } from './add-file.tsx'
import { AskCorrectionDialog } from './ask-correction-dialog.tsx'
import { AskLeaveDialog } from './ask-leave-dialog.tsx'

type MyRequestsScreenProps = {
  /** The session that a correction is asked for; null when the page is only looked at. */
  asking: string | null
  onAsked: () => void
}

/** What a student asked for, and what was answered. */
export function MyRequestsScreen({ asking, onAsked }: MyRequestsScreenProps) {
  const { t } = useTranslation('requests')
  const [isAskingLeave, setIsAskingLeave] = useState(false)
  const mine = useRead(listMyRequests)
  return (
    <Page
      title={t('mine.title')}
      width="narrow"
      actions={<Button onClick={() => setIsAskingLeave(true)}>{t('leave.ask')}</Button>}
    >
      {mine.isPending && <Skeletons rows={3} height={120} />}
      {mine.isError && <ErrorState error={mine.error} onRetry={() => void mine.refetch()} />}
      {mine.data !== undefined && <Requests mine={mine.data} />}
      {asking !== null && <AskCorrectionDialog sessionId={asking} onClose={onAsked} />}
      {isAskingLeave && mine.data !== undefined && (
        <AskLeaveDialog classes={mine.data.classes} onClose={() => setIsAskingLeave(false)} />
      )}
    </Page>
  )
}

function Requests({ mine }: { mine: ResultOf<typeof listMyRequests> }) {
  const { t } = useTranslation('requests')
  const { corrections, leaves } = mine
  if (corrections.length + leaves.length === 0)
    return <EmptyState title={t('mine.none.title')} text={t('mine.none.text')} />
  return (
    <Stack gap="xl">
      {leaves.length > 0 && (
        <section>
          <Title order={2} size="h3" mb="sm">
            {t('leave.title')}
          </Title>
          <RequestCards label={t('leave.title')}>
            {leaves.map((leave) => (
              <OwnLeave key={leave.id} leave={leave} />
            ))}
          </RequestCards>
        </section>
      )}
      {corrections.length > 0 && (
        <section>
          <Title order={2} size="h3" mb="sm">
            {t('correction.title')}
          </Title>
          <RequestCards label={t('correction.title')}>
            {corrections.map((correction) => (
              <OwnCorrection key={correction.id} correction={correction} />
            ))}
          </RequestCards>
        </section>
      )}
    </Stack>
  )
}

function OwnCorrection({ correction }: { correction: CorrectionView }) {
  const { t } = useTranslation(['requests', 'shell'])
  const { dayAndTime } = useTimeFormat()
  const { id, session, wanted, reason, files, askedAt, answer, answeredBy, note } = correction
  return (
    <RequestCard
      requestId={id}
      title={`${session.subjectName}, ${dayAndTime(session.opensAt)}`}
      aside={
        <>
          {t('requests:correction.wanted', { status: t(`shell:status.${wanted}`) })} · <When at={askedAt} />
        </>
      }
      reason={reason}
      files={files}
    >
      {answer === null ? (
        <Waiting requestId={id} fileCount={files.length} />
      ) : (
        <Answer answer={answer} by={answeredBy} note={note} />
      )}
    </RequestCard>
  )
}

function OwnLeave({ leave }: { leave: LeaveView }) {
  const { t } = useTranslation('requests')
  const day = useDayFormat()
  const { id, from, until, reason, files, askedAt, isWithdrawn, classes } = leave
  const isOpen = !isWithdrawn && classes.every(({ answer }) => answer === null)
  return (
    <RequestCard
      requestId={id}
      title={from === until ? day(from) : t('leave.days', { from: day(from), until: day(until) })}
      aside={<When at={askedAt} />}
      reason={reason}
      files={files}
    >
      {isWithdrawn && <Answer answer="withdrawn" by={null} note={null} />}
      {!isWithdrawn &&
        classes.map(({ classId, subjectName, answer, answeredBy, note }) => (
          <Answer key={classId} of={subjectName} answer={answer} by={answeredBy} note={note} />
        ))}
      {isOpen && <Waiting requestId={id} fileCount={files.length} />}
    </RequestCard>
  )
}

type AnswerProps = {
  answer: CorrectionView['answer']
  by: string | null
  note: string | null
  /** The class that answers, where several do. */
  of?: string
}

function Answer({ answer, by, note, of }: AnswerProps) {
  const { t } = useTranslation('requests')
  const said = t(`answer.${answer ?? 'open'}`)
  return (
    <Text fw={500}>
      {of !== undefined && `${of}: `}
      {by === null ? said : t('answer.by', { answer: said, name: by })}
      {note !== null && ` “${note}”`}
    </Text>
  )
}

function Waiting({ requestId, fileCount }: { requestId: string; fileCount: number }) {
  const { t } = useTranslation('requests')
  const notify = useNotify()
  const withdraw = useSend(withdrawRequest, { changes: [listMyRequests] })
  return (
    <Group gap="xs">
      <AddFile requestId={requestId} fileCount={fileCount} />
      <Button
        variant="subtle"
        loading={withdraw.isPending}
        onClick={() =>
          withdraw.mutateAsync({ params: { requestId } }).then(() => notify.done(t('mine.withdrawn')), notify.failed)
        }
      >
        {t('mine.withdraw')}
      </Button>
    </Group>
  )
}
